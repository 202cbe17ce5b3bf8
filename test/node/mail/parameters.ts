import {
	composeMessage,
	type ComposedMail,
	type Composition,
	type FieldRefusal,
	type MailParameters,
} from '#node/mail/index';

/** A plain mail; a test changes what it is about. */
export function parameters(changes: Partial<MailParameters> = {}): MailParameters {
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

export function compose(changes: Partial<MailParameters> = {}): Composition {
	return composeMessage(parameters(changes));
}

/** The mail of a composition that must have one. */
export function composed(changes: Partial<MailParameters> = {}): ComposedMail {
	const { mail, refusals } = compose(changes);
	if (!mail) throw new Error(`refused: ${JSON.stringify(refusals)}`);
	return mail;
}

/** The refusals of a composition that must have some. */
export function refusalsOf(changes: Partial<MailParameters>): FieldRefusal[] {
	const { mail, refusals } = compose(changes);
	if (mail) throw new Error(`composed: ${JSON.stringify(mail)}`);
	return refusals;
}

export function warningsOf(changes: Partial<MailParameters>): string[] {
	return compose(changes).warnings.map(({ parameter, text }) => `${parameter}: ${text}`);
}
