/** A statement of a page, and a piece of the code or of a test that makes it true. */
export interface Claim {
	/** Word for word as on the page, on one line. */
	says: string;
	/** Found in nodes, credentials, test or tools. */
	because: string;
}

/** Statements by page. The check looks for both sides; docs:check --claims prints where they are. */
export const CLAIMS: Readonly<Record<string, readonly Claim[]>> = {
	'README.md': [
		{ says: 'It requests `Mail.Send`.', because: "BASE_SCOPES = ['Mail.Send', 'offline_access']" },
		{
			says: 'n8n was killed in ten runs of 60 emails',
			because: "rounds ?? '10'",
		},
		{
			says: 'The node waits as told and sends again',
			because: "const { 'retry-after': retryAfter, date }",
		},
		{
			says: 'Every message names the cause and the remedy',
			because: 'explainRefusals(refusals: readonly Refusal[]): Failure',
		},
		{
			says: 'What can be checked is refused before anything leaves.',
			because: '!context.continueOnFail()) await checked.all()',
		},
		{ says: 'The body is Markdown', because: "default: 'markdown'" },
		{
			says: 'The output says `accepted`: Microsoft accepted the email for delivery.',
			because: "status: 'accepted'",
		},
		{ says: 'Send Once Key: not sent again', because: "return { verdict: 'alreadySent' }" },
		{
			says: 'Shows what would be sent, without sending and without an account',
			because: 'refusals: [asRefusal(explainExpression(error))]',
		},
		{ says: 'Sends one email for each item', because: 'pairedItem: { item }' },
		{
			says: 'All Entra ID clouds: global, US Government, China, Bleu, Delos, GovSG, and custom hosts.',
			because: 'login.sovcloud-identity.sg',
		},
		{ says: 'Certificates need n8n 2.30.', because: 'update n8n to 2.30 or later' },
		{ says: 'sign in as _Diego Siciliani_ and accept', because: "'Diego Siciliani'" },
	],
	'docs/designer.md': [
		{
			says: 'one line for each thing that must be right',
			because: 'Object.entries(findings).map(([check, finding])',
		},
		{
			says: 'separated by commas or semicolons, with or without names',
			because: "';': 'separator'",
		},
		{
			says: 'Each pair is exactly one recipient, whatever the name contains.',
			because: 'ONE_ADDRESS_EACH',
		},
		{ says: 'HTML is shown as text', because: 'html: false, breaks: true, linkify: true' },
		{
			says: 'links lead to `http`, `https`, `mailto` and `tel`',
			because: 'a link leads to https://, http://, mailto: or tel:',
		},
		{
			says: 'One invalid item stops the whole run',
			because: '!context.continueOnFail()) await checked.all()',
		},
		{
			says: 'The operation **Preview** sends nothing and needs no linked account.',
			because: 'unlinkedSenderRights(',
		},
		{
			says: "The item's files are passed on, so that a **Send** node can follow.",
			because: 'PREVIEW_FILES',
		},
		{
			says: 'The file has no scripts, nothing in it is loaded from elsewhere',
			because: "default-src 'none'; img-src data:; style-src 'unsafe-inline'",
		},
		{ says: 'Opening a link decides nothing', because: 'noWebhookResponse: true' },
		{
			says: 'One item per run; for more, use _Loop Over Items_.',
			because: 'a run can wait for one question only',
		},
		{
			says: 'a Message-ID in angle brackets is refused',
			because: 'This is the Message-ID header of the email',
		},
		{
			says: 'a reply needs the Mail.ReadWrite permission',
			because: 'with which the node checks the recipients in a draft',
		},
		{
			says: "Only n8n's own binary data counts; JSON never supplies a file.",
			because: 'no node before this one has output such a file',
		},
		{
			says: 'An image that the body refers to and no field holds is refused.',
			because: 'The body shows an image for which there is no file.',
		},
		{
			says: 'Of two equal names one becomes `report (2).pdf`.',
			because: '` (${number})${extension}`',
		},
		{ says: 'An empty file is attached as it is.', because: 'is empty: it has 0 bytes' },
		{
			says: 'An email of up to 4 MB needs no further permission',
			because: 'request: 4 * MEGABYTE',
		},
		{
			says: 'Such an email is always saved to Sent Items.',
			because: 'Outlook always saves a copy of such an email to Sent Items',
		},
		{ says: 'its status is `alreadySent`', because: "return { verdict: 'alreadySent' }" },
		{
			says: 'the item fails with _unknown outcome_ and nothing is sent',
			because: 'Another run started this email, and its end is not known here',
		},
		{
			says: '`contoso.example` matches that domain only, `*.contoso.example` its subdomains only',
			because: 'endsWith(`.${ascii}`)',
		},
		{
			says: 'a domain matches in both of its spellings',
			because: 'domainToASCII(text)',
		},
		{
			says: 'A list that is empty or cannot be read allows nobody.',
			because: 'The list of allowed recipients is empty, so nobody may receive this email.',
		},
		{
			says: 'If both lists are set, both must allow a recipient.',
			because: 'listsOf(guard).flatMap(',
		},
		{ says: 'The addresses, without duplicates', because: 'it is used once.' },
		{ says: 'Only if an earlier attempt may also have been accepted', because: 'mayBeDuplicate' },
		{ says: 'IDs that the copy in Sent Items shares', because: 'internetMessageId' },
		{ says: 'the first email that fails ends the run', because: 'continueOnFail' },
		{
			says: 'The error says how many emails were accepted and which were not tried.',
			because: "listItems('Not tried'",
		},
		{
			says: 'A failed item has `error` and `details`',
			because: 'withoutEmpty({ error: message, details: { code, remedy, ...details } })',
		},
		{
			says: 'or Microsoft answered 500, 502 or 504, after the email had left',
			because: 'or Microsoft answers 500, 502 or 504, after the request was sent',
		},
	],
};
