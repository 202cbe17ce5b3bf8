import { startLinkedSandbox, type LinkedSandbox } from '#tools/engine/linkedSandbox';

/** One linked sandbox for the tests of a file: reset before each, closed after the last. */
export function linkedForTests(...given: Parameters<typeof startLinkedSandbox>): LinkedSandbox {
	const linked = {} as LinkedSandbox;
	beforeAll(async () => {
		Object.assign(linked, await startLinkedSandbox(...given));
	});
	beforeEach(() => linked.sandbox.reset());
	afterAll(async () => await linked.sandbox.close());
	return linked;
}

/** An email with nothing that its test is not about. */
export const MAIL = {
	to: 'jane@contoso.example',
	subject: 'Welcome',
	bodyType: 'html',
	body: '<p>Hello</p>',
};
