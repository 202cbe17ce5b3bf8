import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import leaver from '../../../examples/data/leaver.json';
import mover from '../../../examples/data/mover.json';
import newHires from '../../../examples/data/new-hires.json';
import { AADSTS_ERRORS } from '#node/explain/aadstsErrors';
import { EXAMPLES_FOLDER } from '#tools/kit/folders';
import { EXAMPLES, type ExampleName } from '#tools/n8n/examples';
import { EXAMPLE_FILES_URL } from '#tools/n8n/exampleFiles';

interface ExampleNode {
	name: string;
	type: string;
	parameters: Record<string, unknown>;
	credentials?: Record<string, { id: null }>;
}

interface Example {
	nodes: ExampleNode[];
	connections: Record<string, { main: Array<Array<{ node: string }>> }>;
}

const MAIL = 'n8n-nodes-robomq-outlook.sendOutlookMail';
const NOTE = 'n8n-nodes-base.stickyNote';

const textOf = (name: ExampleName) => readFileSync(join(EXAMPLES_FOLDER, `${name}.json`), 'utf8');
const exampleOf = (name: ExampleName) => JSON.parse(textOf(name)) as Example;
const mailNodesOf = (name: ExampleName) =>
	exampleOf(name).nodes.filter(({ type }) => type === MAIL);

function dataOf(name: ExampleName, node: string): unknown {
	const found = exampleOf(name).nodes.find((candidate) => candidate.name === node);
	return JSON.parse(String(found?.parameters['jsonOutput']));
}

it('the examples carry the data sets of examples/data', () => {
	expect(dataOf('onboarding', 'New Hires')).toEqual({ newHires });
	expect(dataOf('offboarding', 'Leaver')).toEqual(leaver);
	expect(dataOf('mover', 'Mover')).toEqual(mover);
});

describe.each(EXAMPLES)('%s', (name) => {
	it('uses a customer-owned application in every node, without a credential ID of anybody', () => {
		const nodes = mailNodesOf(name);
		expect(nodes.length).toBeGreaterThan(0);
		for (const { parameters, credentials } of nodes) {
			expect(parameters['application']).toBe('customer');
			if (parameters['operation'] === 'preview') continue;
			expect(credentials).toEqual({
				customerOutlookOAuth2Api: { id: null, name: 'Customer-Owned Outlook account' },
			});
		}
	});

	it('says how each body is written', () => {
		for (const { parameters } of mailNodesOf(name)) {
			const { operation, bodyType, messageType } = parameters;
			if (operation === 'checkConnection') continue;
			expect(operation === 'sendAndWait' ? messageType : bodyType).toMatch(
				/^(?:markdown|html|text)$/,
			);
		}
	});

	it('has hand-written HTML and its escaping only where the example is about HTML', () => {
		const isHtml = mailNodesOf(name).some(({ parameters }) => parameters['bodyType'] === 'html');
		expect(isHtml).toBe(name === 'welcome-with-logo');
		expect(textOf(name).includes('Safe for HTML')).toBe(isHtml);
	});

	it('takes names from data as pairs of name and address', () => {
		for (const { parameters } of mailNodesOf(name)) {
			const { cc, bcc, replyTo } = (parameters['options'] ?? {}) as Record<string, unknown>;
			for (const value of [parameters['to'], cc, bcc, replyTo]) {
				if (!/^=[^]*name/.test(String(value ?? ''))) continue;
				expect(value).toMatch(/\{ name: .+, address: .+ \}/);
			}
		}
	});

	it('makes no file of hand-written bytes, and loads only files of examples/data', () => {
		expect(textOf(name)).not.toMatch(/Buffer\.|base64|n8n-nodes-base\.code/);
		for (const [, file] of textOf(name).matchAll(new RegExp(`${EXAMPLE_FILES_URL}([\\w.-]+)`, 'g')))
			expect(readFileSync(join(EXAMPLES_FOLDER, 'data', file!)).length).toBeLessThan(50_000);
	});

	it('has one short note, and connects every other node', () => {
		const { nodes, connections } = exampleOf(name);
		const notes = nodes.filter(({ type }) => type === NOTE);
		expect(notes).toHaveLength(1);
		expect(String(notes[0]!.parameters['content']).length).toBeLessThan(360);
		const connected = new Set(Object.keys(connections));
		for (const { main } of Object.values(connections))
			for (const { node } of main.flat()) connected.add(node);
		expect(connected.size).toBe(nodes.length - notes.length);
	});
});

it.each(['onboarding', 'mover', 'offboarding'] as const)(
	'%s gives each node a Send Once Key of its own',
	(name) => {
		const keys = mailNodesOf(name).map(
			({ parameters }) => (parameters['options'] as { sendOnceKey?: string }).sendOnceKey,
		);
		expect(keys.every(Boolean)).toBe(true);
		expect(new Set(keys).size).toBe(keys.length);
	},
);

it('puts no value into an HTML body that could be read as HTML', () => {
	const bodies = mailNodesOf('welcome-with-logo').map(({ parameters }) =>
		String(parameters['body']),
	);
	const values = bodies.flatMap((body) => body.match(/\{\{.*?\}\}/g) ?? []);
	expect(values.length).toBeGreaterThan(0);
	for (const value of values) expect(value).toMatch(/json\.html\./);
});

it('the error workflow names the person who acts for every code of Entra ID', () => {
	const { whoFixes } = dataOf('error-workflow', 'Who Can Fix What') as {
		whoFixes: Record<string, string[]>;
	};
	const people = {
		n8nAdmin: 'n8nAdministrator',
		entraAdmin: 'entraAdministrator',
		appOwner: 'appOwner',
		designer: undefined,
		nobody: undefined,
	};
	for (const [number, { whoActs }] of Object.entries(AADSTS_ERRORS)) {
		const found = Object.keys(whoFixes).filter((name) =>
			whoFixes[name]!.includes(`AADSTS${number}`),
		);
		expect([number, ...found]).toEqual([number, people[whoActs]].filter(Boolean));
	}
});
