// n8n's own log would fill the output of the tests; what a test expects of it, it reads elsewhere.
process.env.N8N_LOG_LEVEL = 'silent';
