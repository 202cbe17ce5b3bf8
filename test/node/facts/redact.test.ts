import { quote } from '#node/facts/redact';

const JWT = 'eyJhbGciOiJSUzI1NiJ9.eyJhdWQiOiJncmFwaCJ9.c2lnbmF0dXJl';

test.each([
	['a token', `The token ${JWT} is not well formed`, 'The token *** is not well formed'],
	['a token in a header', `Bearer ${JWT}`, 'Bearer ***'],
	[
		'what an OAuth request carried',
		'Not understood: grant_type=refresh_token&refresh_token=0.AXX-y&client_secret=cst8Q~s',
		'Not understood: grant_type=refresh_token&***&***',
	],
	['words', 'AADSTS7000215: Invalid client secret provided.', undefined],
])('%s that others repeat is not quoted', (_name, said, quoted = said) => {
	expect(quote(said)).toBe(quoted);
});

test('a token that is cut at the end of a quotation is not quoted either', () => {
	expect(quote(`${'x '.repeat(140)}${JWT.repeat(30)}`)).not.toContain('eyJ');
});
