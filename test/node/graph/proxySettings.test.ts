import { goesThroughProxy } from '#node/graph/network';

const graph = new URL('https://graph.microsoft.com');
const local = new URL('http://127.0.0.1:8080');

test.each<[string, URL, Record<string, string>, boolean]>([
	['nothing set', graph, {}, false],
	['HTTPS_PROXY', graph, { HTTPS_PROXY: 'http://proxy:3128' }, true],
	['lower case', graph, { https_proxy: 'http://proxy:3128' }, true],
	['empty', graph, { HTTPS_PROXY: '' }, false],
	['HTTP_PROXY is not for https', graph, { HTTP_PROXY: 'http://proxy:3128' }, false],
	['HTTP_PROXY is for http', local, { HTTP_PROXY: 'http://proxy:3128' }, true],
	['ALL_PROXY', graph, { ALL_PROXY: 'http://proxy:3128' }, true],
	['an exception by name', graph, { ALL_PROXY: 'p', NO_PROXY: 'graph.microsoft.com' }, false],
	['an exception for a domain', graph, { ALL_PROXY: 'p', NO_PROXY: '.microsoft.com' }, false],
	['an exception with *', graph, { ALL_PROXY: 'p', NO_PROXY: 'x, *.microsoft.com' }, false],
	['an exception for all', graph, { ALL_PROXY: 'p', NO_PROXY: '*' }, false],
	['an exception for another name', graph, { ALL_PROXY: 'p', NO_PROXY: 'microsoft.com' }, true],
	['an exception for its port', local, { ALL_PROXY: 'p', no_proxy: '127.0.0.1:8080' }, false],
	['an exception for another port', local, { ALL_PROXY: 'p', no_proxy: '127.0.0.1:1' }, true],
	['the default port', graph, { ALL_PROXY: 'p', no_proxy: 'graph.microsoft.com:443' }, false],
])('%s', (_name, url, environment, expected) => {
	expect(goesThroughProxy(url, environment)).toBe(expected);
});
