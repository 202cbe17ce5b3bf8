const LOOPBACK = ['localhost', '127.0.0.1'];

function withoutLoopbackPort(uri: string): string {
	const url = URL.parse(uri);
	if (url === null || url.protocol !== 'http:' || !LOOPBACK.includes(url.hostname)) return uri;
	url.port = '';
	return url.href;
}

/**
 * Exact and case-sensitive; for http on loopback the port is ignored, the host name is not.
 * @cites localhostAnyPort
 */
export function isRegistered(redirectUri: string, registered: readonly string[]): boolean {
	if (registered.includes(redirectUri)) return true;
	const wanted = withoutLoopbackPort(redirectUri);
	return registered.some((uri) => withoutLoopbackPort(uri) === wanted && uri.startsWith('http:'));
}
