import type { FaultName, FaultSettings } from '#sandbox/index';

/**
 * What a fault means for the mail that it strikes, by the table *What counts as what* of the design.
 * - `recovers`: the mail goes all the same.
 * - `unknown`: the node cannot know; `taken` says what the sandbox knows.
 * - `refused`: that mail fails for good.
 * - `noneGoes`: the token or the way to Graph is gone, so no mail can go any more.
 */
export type Meaning =
	| { kind: 'recovers'; extraRequests: number }
	| { kind: 'unknown'; taken: boolean }
	| { kind: 'refused'; code: string }
	| { kind: 'noneGoes'; code: string };

export type Position =
	| 'first request'
	| 'middle of a batch'
	| 'during refresh'
	| 'new draft'
	| 'upload range';

export interface Fault {
	title: string;
	name: FaultName;
	settings?: FaultSettings;
	positions: Partial<Record<Position, Meaning>>;
}

const recovers = (extraRequests = 1): Meaning => ({ kind: 'recovers', extraRequests });
const unknown = (taken: boolean): Meaning => ({ kind: 'unknown', taken });
const refused = (code: string): Meaning => ({ kind: 'refused', code });
const noneGoes = (code: string): Meaning => ({ kind: 'noneGoes', code });

/** The same wherever in a batch of plain mails it strikes. */
function ofMail(meaning: Meaning): Fault['positions'] {
	return { 'first request': meaning, 'middle of a batch': meaning };
}

/** A token that could not be fetched, or a range that was not taken, is asked for again. */
const TRIED_AGAIN: Fault['positions'] = {
	'during refresh': recovers(0),
	'upload range': recovers(),
};

export const FAULTS: readonly Fault[] = [
	{
		title: '429 with Retry-After',
		name: 'throttle',
		positions: { ...ofMail(recovers()), ...TRIED_AGAIN },
	},
	{
		title: '503 with Retry-After',
		name: 'unavailable503',
		positions: { ...ofMail(recovers()), ...TRIED_AGAIN },
	},
	{
		title: '503 without Retry-After',
		name: 'unavailable503',
		settings: { retryAfter: null },
		positions: { ...ofMail(unknown(false)), ...TRIED_AGAIN },
	},
	{ title: '401, the token expired', name: 'expiredToken', positions: ofMail(recovers()) },
	{
		title: '500',
		name: 'error500',
		positions: { ...ofMail(unknown(false)), ...TRIED_AGAIN },
	},
	{
		title: '502',
		name: 'gateway502',
		positions: { ...ofMail(unknown(false)), ...TRIED_AGAIN },
	},
	{
		title: '504, not taken',
		name: 'gateway504',
		positions: { ...ofMail(unknown(false)), ...TRIED_AGAIN },
	},
	{
		title: '504, taken',
		name: 'gateway504AfterTaken',
		positions: ofMail(unknown(true)),
	},
	{
		title: '507, the mailbox is full',
		name: 'quota507',
		positions: {
			...ofMail(refused('ErrorQuotaExceeded')),
			'upload range': refused('ErrorQuotaExceeded'),
		},
	},
	{
		title: 'cut when the request was read, not taken',
		name: 'dropBefore',
		positions: { ...ofMail(unknown(false)), ...TRIED_AGAIN },
	},
	{
		title: 'cut while the request arrives',
		name: 'dropWhileReceiving',
		positions: { ...ofMail(unknown(false)), 'upload range': recovers() },
	},
	{
		title: 'cut after the email was accepted',
		name: 'dropAfterTaken',
		positions: ofMail(unknown(true)),
	},
	{
		title: 'cut in the middle of the answer, taken',
		name: 'dropWhileAnswering',
		positions: ofMail(unknown(true)),
	},
	{
		title: '404, the draft is not there yet, twice',
		name: 'draftLag',
		settings: { times: 2 },
		positions: { 'new draft': recovers() },
	},
	{
		title: '403 of a firewall, for ever',
		name: 'custom',
		settings: { status: 403, times: 1_000, body: '<html>Uploads are not allowed</html>' },
		positions: { 'upload range': noneGoes('uploadRefused') },
	},
	{
		title: 'nobody listens, for ever',
		name: 'refuseConnections',
		positions: {
			'first request': noneGoes('unreachable'),
			'upload range': noneGoes('unreachable'),
		},
	},
	{
		title: 'no answer, not taken',
		name: 'hang',
		positions: { ...ofMail(unknown(false)), 'upload range': recovers() },
	},
	{ title: 'no answer, taken', name: 'hangAfterTaken', positions: ofMail(unknown(true)) },
	{
		title: 'the refresh token was revoked',
		name: 'revokedRefreshToken',
		positions: { 'during refresh': noneGoes('invalid_grant AADSTS50173') },
	},
	{
		title: 'Conditional Access blocks',
		name: 'conditionalAccess',
		positions: { 'during refresh': noneGoes('invalid_grant AADSTS53003') },
	},
	{
		title: 'the client secret has expired',
		name: 'expiredSecret',
		positions: { 'during refresh': noneGoes('invalid_client AADSTS7000222') },
	},
	{
		title: 'Entra ID has trouble of its own',
		name: 'anyAadsts',
		settings: { code: 90033, times: 1 },
		positions: { 'during refresh': recovers(0) },
	},
];

export interface Cell {
	fault: Fault;
	position: Position;
	meaning: Meaning;
	continueOnFail: boolean;
	lanes: 1 | 4;
}

export const CELLS: readonly Cell[] = FAULTS.flatMap((fault) =>
	(Object.entries(fault.positions) as Array<[Position, Meaning]>).flatMap(([position, meaning]) =>
		[false, true].flatMap((continueOnFail) =>
			([1, 4] as const).map((lanes) => ({ fault, position, meaning, continueOnFail, lanes })),
		),
	),
);
