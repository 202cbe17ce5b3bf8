import { Browser, type BrowserPage } from './browser';

export interface SignInInput {
	readonly authorizeUrl: string;
	/** User principal name. */
	readonly account: string;
	/** Typed instead of choosing a tile. */
	readonly password?: string;
	/** What the person presses on the consent page; `accept` by default. */
	readonly consent?: 'accept' | 'cancel';
	/** PEM of the authority to trust, for a sandbox with TLS. */
	readonly caCertificatePem?: string;
	/** A browser with the cookies of an earlier sign-in. */
	readonly browser?: Browser;
}

/** The person was shown an error page, from which no way leads back to the app. */
export class SignInStopped extends Error {
	constructor(
		message: string,
		readonly aadsts: number | undefined,
	) {
		super(message);
		this.name = 'SignInStopped';
	}
}

/** Walks the pages as a person does and stops at the redirect to the app. */
export async function signIn(input: SignInInput): Promise<{ redirectUrl: string }> {
	const browser = input.browser ?? new Browser(input.caCertificatePem);
	const { origin } = new URL(input.authorizeUrl);
	let page = await browser.get(input.authorizeUrl);
	// Picker, consent, and once more for a redirect between them.
	for (let step = 0; step < 4; step += 1) {
		if (page.location !== undefined) {
			const target = new URL(page.location, page.url);
			if (target.origin !== origin) return { redirectUrl: target.href };
			page = await browser.get(target.href);
			continue;
		}
		page = await fillIn(page, input, browser);
	}
	throw new SignInStopped('The sign-in pages led nowhere.', undefined);
}

async function fillIn(page: BrowserPage, input: SignInInput, browser: Browser) {
	const action = /<form method="post" action="([^"]+)"/.exec(page.html)?.[1];
	const ctx = /name="ctx" value="([^"]+)"/.exec(page.html)?.[1];
	const alert = /role="alert">([^<]+)</.exec(page.html)?.[1];
	if (action === undefined || ctx === undefined || alert !== undefined) {
		const text = alert ?? `an unexpected page (${page.status})`;
		const code = /AADSTS(\d+)/.exec(text)?.[1];
		throw new SignInStopped(
			`The sign-in page says: ${text}`,
			code === undefined ? undefined : Number(code),
		);
	}
	const url = new URL(action, page.url).href;
	if (page.html.includes('value="return"'))
		return await browser.post(url, { ctx, decision: 'return' });
	if (page.html.includes('value="accept"')) {
		return await browser.post(url, { ctx, decision: input.consent ?? 'accept' });
	}
	const { account: login, password } = input;
	return await browser.post(url, {
		ctx,
		login,
		...(password === undefined ? {} : { passwd: password }),
	});
}
