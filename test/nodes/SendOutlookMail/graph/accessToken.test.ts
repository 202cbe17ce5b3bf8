import type { IExecuteFunctions } from 'n8n-workflow';
import { createAccessTokens } from '../../../../nodes/SendOutlookMail/graph/accessToken';

const NOW = Date.parse('2026-11-22T10:00:00Z');

type TokenData = Record<string, unknown>;

/** n8n with one stored token; `renew` says what its refresh stores and returns. */
function host(stored: TokenData | undefined, renew: () => Promise<TokenData> | TokenData) {
	const state = { stored, renewals: 0 };
	const context = {
		getCredentials: async () => ({ oauthTokenData: state.stored }),
		helpers: {
			refreshOAuth2Token: async () => {
				state.renewals++;
				return (state.stored = await renew());
			},
		},
	} as unknown as IExecuteFunctions;
	return { state, tokens: createAccessTokens(context, 'customerOutlookOAuth2Api', () => NOW) };
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

test('a refused renewal reaches everyone who waits for it, and the next may try again', async () => {
	let refusals = 1;
	const { state, tokens } = host(token('a'), () => {
		if (refusals-- > 0) throw new Error('needs to be reconnected');
		return token('b');
	});
	const results = await Promise.allSettled([tokens.renewed('a'), tokens.renewed('a')]);
	expect(results.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
	expect(await tokens.renewed('a')).toBe('b');
	expect(state.renewals).toBe(2);
});

test('without a token the account is not connected', async () => {
	const { tokens } = host(undefined, () => token('b'));
	await expect(tokens.current()).rejects.toThrow('OAuth credentials not connected');
});
