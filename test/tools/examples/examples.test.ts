import leaver from '../../../examples/leaver.json';
import newHires from '../../../examples/new-hires.json';
import errorWorkflow from '../../../examples/error-workflow.json';
import nightlyCheck from '../../../examples/nightly-check.json';
import offboarding from '../../../examples/offboarding.json';
import onboarding from '../../../examples/onboarding.json';
import welcomeWithLogo from '../../../examples/welcome-with-logo.json';

interface ExampleNode {
	name: string;
	type: string;
	parameters: Record<string, unknown>;
	credentials?: object;
}

const examples = [
	{
		name: 'onboarding',
		nodes: onboarding.nodes as ExampleNode[],
		connections: onboarding.connections,
	},
	{
		name: 'offboarding',
		nodes: offboarding.nodes as ExampleNode[],
		connections: offboarding.connections,
	},
	{
		name: 'error workflow',
		nodes: errorWorkflow.nodes as ExampleNode[],
		connections: errorWorkflow.connections,
	},
	{
		name: 'nightly check',
		nodes: nightlyCheck.nodes as ExampleNode[],
		connections: nightlyCheck.connections,
	},
];

function dataOf(nodes: readonly ExampleNode[], name: string): unknown {
	const node = nodes.find((candidate) => candidate.name === name);
	return JSON.parse(String(node?.parameters['jsonOutput']));
}

describe('the examples', () => {
	it('carry the data sets that ship beside them', () => {
		expect(dataOf(onboarding.nodes, 'New Hires')).toEqual({ newHires });
		expect(dataOf(offboarding.nodes, 'Leaver')).toEqual(leaver);
	});

	it('put no value into an HTML body that could be read as HTML', () => {
		const nodes = [onboarding, offboarding, welcomeWithLogo].flatMap(
			(flow): ExampleNode[] => flow.nodes,
		);
		const bodies = nodes
			.filter(({ parameters }) => parameters['bodyType'] === 'html')
			.map(({ parameters }) => String(parameters['body']));
		const values = bodies.flatMap((body) => body.match(/\{\{.*?\}\}/g) ?? []);
		expect(values.length).toBeGreaterThan(0);
		for (const value of values) expect(value).toMatch(/json\.html\.|^\{\{ DateTime\.fromISO\(/);
	});

	it('say how the body is written, and take recipients from data as pairs of name and address', () => {
		const nodes = [...examples, { nodes: welcomeWithLogo.nodes as ExampleNode[] }]
			.flatMap((flow) => flow.nodes)
			.filter(({ type }) => type.endsWith('.sendOutlookMail'))
			.filter(({ parameters }) => parameters['operation'] !== 'checkConnection');
		expect(nodes.length).toBeGreaterThan(0);
		for (const { parameters } of nodes) {
			expect(parameters['bodyType']).toMatch(/^(?:markdown|html|text)$/);
			const { cc, bcc, replyTo } = parameters['options'] as Record<string, unknown>;
			for (const value of [parameters['to'], cc, bcc, replyTo]) {
				if (!String(value ?? '').startsWith('=')) continue;
				expect(value).toMatch(/\[\{ name: .+, address: .+ \}\]/);
			}
		}
	});

	describe.each(examples)('$name', ({ nodes, connections }) => {
		const mailNodes = nodes.filter(({ type }) => type.endsWith('.sendOutlookMail'));

		it('uses the node of the community package, with a credential of the type it asks for', () => {
			expect(mailNodes.length).toBeGreaterThan(0);
			for (const { type, parameters, credentials = {} } of mailNodes) {
				expect(type).toBe('n8n-nodes-robomq-outlook.sendOutlookMail');
				expect(Object.keys(credentials)).toEqual([
					parameters['application'] === 'roboMq'
						? 'roboMqOutlookOAuth2Api'
						: 'customerOutlookOAuth2Api',
				]);
			}
		});

		it('carries no credential id of anybody', () => {
			for (const { credentials = {} } of mailNodes)
				for (const credential of Object.values(credentials)) expect(credential.id).toBeNull();
		});

		it('connects every node but the note that explains the flow', () => {
			const connected = new Set(Object.keys(connections));
			for (const { main } of Object.values(connections))
				for (const { node } of main.flat()) connected.add(node);
			const notes = nodes.filter(({ type }) => type === 'n8n-nodes-base.stickyNote');
			expect(notes).toHaveLength(1);
			expect(connected.size).toBe(nodes.length - notes.length);
		});
	});
});
