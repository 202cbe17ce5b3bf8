// Loaded into n8n before its own code. The pipe to n8n's standard input closes when whoever started
// it dies, however suddenly; n8n then ends too instead of going on unseen.
const { isMainThread } = require('node:worker_threads');

if (isMainThread) {
	process.stdin.on('end', () => process.kill(process.pid, 'SIGTERM'));
	process.stdin.resume();
	process.stdin.unref();
}
