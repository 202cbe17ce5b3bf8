import { hires, WELCOME } from '#tools/engine/linkedSandbox';
import { linkedForTests } from './linkedForTests';

const linked = linkedForTests();

const DAY_MS = 24 * 60 * 60 * 1000;

test.each([
	[59, 1],
	[61, 0],
])(
	'a client secret that expires in %i days: %i hint, and no further request',
	async (days, hints) => {
		linked.sandbox.reset();
		const credential = linked.store.find('customer');
		credential.data = {
			...credential.data,
			// A minute less, since the clock goes on between here and the node.
			clientSecretExpiresOn: new Date(Date.now() + days * DAY_MS - 60_000).toISOString(),
		};
		const result = await linked.run({ parameters: WELCOME, items: hires(2) });
		expect(result.items.map(({ json }) => json.status)).toEqual(['accepted', 'accepted']);
		expect(result.hints).toHaveLength(hints);
		expect(JSON.stringify(result.hints)).toContain(hints ? `expires in ${days} days` : '');
		expect(linked.sandbox.requests.filter(({ host }) => host === 'login')).toHaveLength(0);
	},
);
