import { SYSTEM_CLOCK } from '#node/facts/clock';
import type { IExecuteFunctions } from 'n8n-workflow';
import { HostTokens, renewalsInProgress } from '#node/graph/accessToken';

const NOW = Date.parse('2026-11-22T10:00:00Z');

type TokenData = Record<string, unknown>;

const TYPE = 'customerOutlookOAuth2Api';

/**
 * n8n with one stored token; `renew` says what its refresh stores and returns. As n8n does, it
 * hands over what is stored when that is not the token that its caller's credential holds.
 */
function host(stored: TokenData | undefined, renew: () => Promise<TokenData> | TokenData) {
	const state = { stored, renewals: 0, onRead: (): unknown => undefined };
	/** Another execution. */
	const open = (id = 'credential-1') => {
		const context = {
			getNode: () => ({ credentials: { [TYPE]: { id, name: 'Outlook' } } }),
			async getCredentials() {
				const credential = { oauthTokenData: state.stored };
				state.onRead();
				return credential;
			},
			helpers: {
				async refreshOAuth2Token(this: IExecuteFunctions) {
					const { oauthTokenData } = await this.getCredentials(TYPE);
					const { access_token: held } = oauthTokenData as TokenData;
					if (held !== state.stored?.access_token) return state.stored;
					state.renewals++;
					return (state.stored = await renew());
				},
			},
		} as unknown as IExecuteFunctions;
		return new HostTokens(context, { credentialType: TYPE }, { ...SYSTEM_CLOCK, now: () => NOW });
	};
	return { state, open, tokens: open() };
}

const token = (value: string, secondsLeft?: number, lifetimeSeconds = 3600): TokenData => ({
	access_token: value,
	expires_in: lifetimeSeconds,
	...(secondsLeft === undefined ? {} : { n8n_expires_at: String(NOW + secondsLeft * 1000) }),
});

test.each<[string, TokenData, string]>([
	['whose end is not known', token('a'), 'a'],
	['that lasts for two minutes more', token('a', 120), 'a'],
	['that ends within a minute', token('a', 59), 'b'],
	['that has ended', token('a', -5), 'b'],
	['that lives for half a minute and has 20 seconds left', token('a', 20, 30), 'a'],
	['that lives for half a minute and has 10 seconds left', token('a', 10, 30), 'b'],
])('a token %s', async (_name, stored, expected) => {
	const { state, tokens } = host(stored, () => token('b', 3600));
	expect(await tokens.current()).toBe(expected);
	expect(await tokens.current()).toBe(expected);
	expect(state.renewals).toBe(expected === 'a' ? 0 : 1);
});

test('however many requests are rejected, the token is renewed once', async () => {
	const { state, tokens } = host(token('a'), () => token('b', 3600));
	const rejected = await tokens.current();
	const renewed = await Promise.all(Array.from({ length: 4 }, () => tokens.renewed(rejected)));
	expect(renewed).toEqual(['b', 'b', 'b', 'b']);
	expect(await tokens.renewed(rejected)).toBe('b');
	expect(state.renewals).toBe(1);
});

test('a token that another execution has renewed meanwhile is taken as it is', async () => {
	const { state, tokens } = host(token('a'), () => token('c'));
	const rejected = await tokens.current();
	state.stored = token('b', 3600);
	expect(await tokens.renewed(rejected)).toBe('b');
	expect(state.renewals).toBe(0);
});

test('executions that hold the same token share its renewal, and nothing is kept of it', async () => {
	let answer!: (renewed: TokenData) => void;
	const answered = new Promise<TokenData>((resolve) => (answer = resolve));
	const { state, open } = host(token('a'), async () => await answered);
	const executions = [open(), open(), open()];
	for (const tokens of executions) expect(await tokens.current()).toBe('a');
	const renewed = Promise.all(executions.map(async (tokens) => await tokens.renewed('a')));
	await new Promise(setImmediate);
	expect(renewalsInProgress.size).toBe(1);
	answer(token('b', 3600));
	expect(await renewed).toEqual(['b', 'b', 'b']);
	expect([state.renewals, renewalsInProgress.size]).toEqual([1, 0]);
});

test('a refusal reaches every execution that waits for it, and the next may try again', async () => {
	let refusals = 1;
	const { state, open } = host(token('a'), () => {
		if (refusals-- > 0) throw new Error('needs to be reconnected');
		return token('b');
	});
	const results = await Promise.allSettled([open().renewed('a'), open().renewed('a')]);
	expect(results.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
	expect([state.renewals, renewalsInProgress.size]).toEqual([1, 0]);
	expect(await open().renewed('a')).toBe('b');
});

test('another credential has a renewal of its own, even with the same token', async () => {
	const { state, open } = host(token('a'), () => token(`b${state.renewals}`));
	const one = open('credential-1').renewed('a');
	const other = open('credential-2').renewed('a');
	expect(renewalsInProgress.size).toBe(2);
	await Promise.all([one, other]);
});

test('a token that another process renews just before n8n does is not renewed again', async () => {
	const { state, tokens } = host(token('a'), () => token('c'));
	// After this package has read the token, and before n8n reads it.
	state.onRead = () => (state.stored = token('b', 3600));
	expect(await tokens.renewed('a')).toBe('b');
	expect(state.renewals).toBe(0);
});

test('a stored token that is newer but about to end is renewed, not handed over', async () => {
	const { state, tokens } = host(token('b', 5), () => token('c', 3600));
	expect(await tokens.renewed('a')).toBe('c');
	expect(state.renewals).toBe(1);
});

test('a refused renewal is asked for once in a run, and anew by the next run', async () => {
	let refusals = 1;
	const { state, open, tokens } = host(token('a'), () => {
		if (refusals-- > 0) throw new Error('needs to be reconnected');
		return token('b');
	});
	const results = await Promise.allSettled([tokens.renewed('a'), tokens.renewed('a')]);
	expect(results.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
	await expect(tokens.renewed('a')).rejects.toThrow('needs to be reconnected');
	expect(state.renewals).toBe(1);
	expect(await open().renewed('a')).toBe('b');
});

test('a renewal that failed on the way is asked for again', async () => {
	let failures = 1;
	const { tokens } = host(token('a'), () => {
		if (failures-- > 0) throw new Error('socket hang up');
		return token('b');
	});
	await expect(tokens.renewed('a')).rejects.toThrow('socket hang up');
	expect(await tokens.renewed('a')).toBe('b');
});

test('without a token the account is not connected', async () => {
	const { tokens } = host(undefined, () => token('b'));
	await expect(tokens.current()).rejects.toThrow('OAuth credentials not connected');
});
