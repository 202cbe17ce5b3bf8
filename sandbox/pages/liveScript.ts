import { createHash } from 'node:crypto';

/**
 * The only script of the sandbox's pages. Asks every two seconds whether the page has changed, and puts
 * the new content in its place unless a person is filling in a form. Makes each email as tall as its
 * content: the frames run no script, so this page may look into them.
 */
export const LIVE_SCRIPT = `
const main = document.querySelector('main');
const fit = () => {
	for (const frame of document.querySelectorAll('iframe')) {
		const measure = () => {
			const root = frame.contentDocument && frame.contentDocument.documentElement;
			if (root) frame.style.height = Math.max(64, root.scrollHeight + 2) + 'px';
		};
		frame.addEventListener('load', measure);
		measure();
	}
};
fit();
addEventListener('resize', fit);
setInterval(async () => {
	const active = document.activeElement;
	if (document.hidden || (active && active.matches('input, select'))) return;
	const url = new URL(location.pathname, location.origin);
	url.searchParams.set('state', main.dataset.state);
	const response = await fetch(url).catch(() => undefined);
	if (!response || response.status !== 200) return;
	const page = new DOMParser().parseFromString(await response.text(), 'text/html');
	const open = [...document.querySelectorAll('details[open]')].map(({ id }) => id);
	main.replaceChildren(...page.querySelector('main').childNodes);
	main.dataset.state = page.querySelector('main').dataset.state;
	document.title = page.title;
	for (const id of open) document.getElementById(id)?.setAttribute('open', '');
	fit();
}, 2000);
`;

/** What the content security policy calls the script by. */
export const LIVE_SCRIPT_HASH = `'sha256-${createHash('sha256').update(LIVE_SCRIPT).digest('base64')}'`;
