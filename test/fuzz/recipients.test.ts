import fc from 'fast-check';
import { composeMessage } from '#node/mail/mail';
import { REPEAT, SEED } from './seed';

/** What addresses, headers and disguises are made of. */
const piece = fc.oneof(
	{
		weight: 8,
		arbitrary: fc.constantFrom(
			'jane@contoso.example',
			'evil@evil.example',
			'@evil.example',
			'@contoso.example',
			'contoso.example',
			'.evil.example',
			'evil.example',
			'jane',
			'"',
			'"evil@evil.example"@contoso.example',
			'<',
			'>',
			'(',
			')',
			',',
			';',
			':',
			'\\',
			' ',
			'\n',
			'\r\n',
			'\u2028',
			'\u0000',
			'\u202e',
			'\u200b',
			'\u00ad',
			'。',
			'＠',
			'．',
			'%',
			'!',
			'[1.2.3.4]',
			'xn--e1afmkfd',
			'Bcc: evil@evil.example',
			'team: evil@evil.example;',
			'mailto:',
			'%0d%0a',
			'=?utf-8?q?evil=40evil.example?=',
			'\u212a',
			'ß',
			'=',
		),
	},
	{ weight: 1, arbitrary: fc.string({ maxLength: 4, unit: 'binary' }) },
);
const soup = fc.array(piece, { maxLength: 6 }).map((pieces) => pieces.join(''));
/** Proper addresses into which one thing was put. */
const spoiled = fc
	.tuple(
		fc.constantFrom(
			'jane@contoso.example',
			'"Doe, Jane" <jane@contoso.example>',
			'jane@contoso.example, Joe <joe@contoso.example>',
			'joe@hr.contoso.example; jane@contoso.example',
		),
		piece,
		fc.nat(50),
	)
	.map(([text, added, at]) => `${text.slice(0, at)}${added}${text.slice(at)}`);
const text = fc.oneof(soup, spoiled);

const field = fc.oneof(
	{ weight: 4, arbitrary: text },
	fc.array(fc.oneof(text, fc.record({ name: text, address: text }))),
	fc.record({ name: text, address: text }),
	fc.record({ emailAddress: fc.record({ name: text, address: text }), address: text }),
	fc.array(text).map((texts) => JSON.stringify(texts)),
	fc.jsonValue(),
);

/** Lists that mean contoso.example, its subdomains, or one person there. */
const list = fc.oneof(
	fc.constantFrom('contoso.example', '@contoso.example', '*.contoso.example, contoso.example'),
	fc.constantFrom(['contoso.example'], '["CONTOSO.example"]', 'jane@contoso.example'),
	fc.tuple(text, fc.constantFrom('contoso.example', 'jane@contoso.example')).map(([, one]) => one),
);

const ALLOWED = /^[^@\s\p{Cc}\p{Cs}\p{DI}]{1,64}@(?:[a-z0-9-]+\.)*contoso\.example$/iu;
/** What a quoted local part may contain beside; Exchange delivers it to contoso.example all the same. */
const QUOTED =
	/^"(?:[^"\\\p{Cc}\p{Cs}\p{DI}]|\\[^\p{Cc}\p{Cs}\p{DI}]){0,64}"@(?:[a-z0-9-]+\.)*contoso\.example$/iu;

test(`nobody outside the list is sent to, whatever stands in the fields (${REPEAT})`, () => {
	let sent = 0;
	fc.assert(
		fc.property(
			field,
			fc.constantFrom('to', 'cc', 'bcc', 'replyTo'),
			list,
			fc.boolean(),
			(value, name, allowed, inCredential) => {
				const { to, ...options } = { to: 'jane@contoso.example', [name]: value };
				const { mail, refusals } = composeMessage(
					{
						...{ to, subject: 's', bodyType: 'text', body: 'b', timeZone: 'UTC', now: new Date(0) },
						options: { ...options, ...(inCredential ? {} : { allowedRecipients: allowed }) },
					} as never,
					inCredential ? { account: allowed } : {},
				);
				if (!mail) return expect(refusals.length).toBeGreaterThan(0);
				sent += 1;
				const { toRecipients, ccRecipients, bccRecipients, replyTo: replies } = mail.message;
				for (const recipient of [toRecipients, ccRecipients, bccRecipients, replies].flatMap(
					(each) => each ?? [],
				)) {
					const { address = '', name = '' } = recipient.emailAddress ?? {};
					if (!ALLOWED.test(address!)) expect(address).toMatch(QUOTED);
					expect(name).not.toMatch(/[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/u);
				}
				for (const address of Object.values(mail.recipients).flat())
					if (!ALLOWED.test(address)) expect(address).toMatch(QUOTED);
			},
		),
		{ seed: SEED, numRuns: 3_000, interruptAfterTimeLimit: 30_000 },
	);
	// Otherwise the test says nothing.
	expect(sent).toBeGreaterThan(20);
}, 60_000);
