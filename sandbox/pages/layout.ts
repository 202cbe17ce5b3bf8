import { html, Markup, type Insert } from './markup';
import { STYLE } from './style';

export interface Page {
	readonly title: string;
	readonly kind: 'entra' | 'board';
	readonly body: Insert;
}

/** No script runs on the sandbox's pages, so a mail's HTML has none to abuse either. */
export const CONTENT_SECURITY_POLICY =
	"default-src 'none'; style-src 'unsafe-inline'; img-src data: https: http:; frame-src 'self' about: data:; base-uri 'none'";

const NAVIGATION = html`<nav>
	<a class="brand" href="/">Sandbox</a><a href="/outbox">Outbox</a><a href="/faults">Faults</a>
</nav>`;

export function layout({ title, kind, body }: Page): string {
	const page = html`<!doctype html>
		<html lang="en">
			<head>
				<meta charset="utf-8" />
				<meta name="viewport" content="width=device-width, initial-scale=1" />
				<title>${title}</title>
				<style>
					${new Markup(STYLE)}
				</style>
			</head>
			<body class="${kind}">
				${kind === 'board' ? NAVIGATION : null}
				<main>${body}</main>
			</body>
		</html>`;
	return page.toString();
}
