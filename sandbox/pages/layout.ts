import { LIVE_SCRIPT, LIVE_SCRIPT_HASH } from './liveScript';
import { html, Markup, type Insert } from './markup';
import { STYLE } from './style';

export interface Page {
	readonly title: string;
	readonly kind: 'entra' | 'board';
	readonly body: Insert;
	/** Changes with what the page shows; a page that has one keeps itself up to date. */
	readonly state?: string;
}

/** No script but our own runs on the sandbox's pages, whatever an email contains. */
export const CONTENT_SECURITY_POLICY = `default-src 'none'; script-src ${LIVE_SCRIPT_HASH}; connect-src 'self'; style-src 'unsafe-inline'; img-src data: https: http:; frame-src 'self' about: data:; base-uri 'none'`;

const NAVIGATION = html`<nav>
	<a class="brand" href="/">Sandbox</a><a href="/outbox">Outbox</a><a href="/faults">Faults</a>
</nav>`;

export function layout({ title, kind, body, state }: Page): string {
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
				<main data-state="${state}">${body}</main>
				${state === undefined ? null : new Markup(`<script>${LIVE_SCRIPT}</script>`)}
			</body>
		</html>`;
	return page.toString();
}
