import { composeMessage, type Mail, type Composition } from '#node/mail/mail';
import type { Refusal } from '#node/mail/issues';
import type { Parameters } from '#node/mail/parameters';

/** A plain mail; a test changes what it is about. */
export function parameters(changes: Partial<Parameters> = {}): Parameters {
	return {
		to: 'jane@example.com',
		subject: 'Welcome',
		bodyType: 'html',
		body: '<p>Hello Jane</p>',
		options: {},
		timeZone: 'Europe/Berlin',
		now: new Date('2026-03-02T08:00:00Z'),
		...changes,
	};
}

export function compose(changes: Partial<Parameters> = {}): Composition {
	return composeMessage(parameters(changes));
}

/** The mail of a composition that must have one. */
export function composed(changes: Partial<Parameters> = {}): Mail {
	const { mail, refusals } = compose(changes);
	if (!mail) throw new Error(`refused: ${JSON.stringify(refusals)}`);
	return mail;
}

/** The refusals of a composition that must have some. */
export function refusalsOf(changes: Partial<Parameters>): Refusal[] {
	const { mail, refusals } = compose(changes);
	if (mail) throw new Error(`composed: ${JSON.stringify(mail)}`);
	return refusals;
}

export function warningsOf(changes: Partial<Parameters>): string[] {
	return compose(changes).warnings.map(({ parameter, text }) => `${parameter}: ${text}`);
}
