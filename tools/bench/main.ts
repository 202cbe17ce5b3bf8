import { runCommand } from '../kit/commandLine';
import type { Ending } from '../kit/ending';
import { Obstacle } from '../kit/obstacle';

interface Bench {
	about: string;
	load(): Promise<{ run(given: readonly string[], ending: Ending): Promise<void> | void }>;
}

/** What is measured, by the word after `npm run bench`. */
const BENCHES: Readonly<Record<string, Bench>> = {
	'side-by-side': {
		about: "n8n's Outlook node and this one in a real n8n; what runs without a word",
		load: async () => await import('./sideBySide.ts'),
	},
	light: {
		about: 'CPU, memory and disk: read at the start, for each email, installed',
		load: async () => await import('./light.ts'),
	},
	items: {
		about: 'memory for thousands of items',
		load: async () => await import('./items.ts'),
	},
	attachments: {
		about: 'memory for files of 1 to 140 MB',
		load: async () => await import('./attachments.ts'),
	},
	processes: {
		about: 'several processes that send from one mailbox',
		load: async () => await import('./processes.ts'),
	},
	'send-once': {
		about: 'what a Send Once Key costs in a real n8n',
		load: async () => await import('./sendOnce.ts'),
	},
	mailboxes: {
		about: 'few emails, many emails and several mailboxes at once in a real n8n',
		load: async () => await import('./mailboxes.ts'),
	},
	'lane-simulation': {
		about: 'the rules of the lanes, simulated without any waiting',
		load: async () => await import('./laneSimulation.ts'),
	},
};

const [USUAL = ''] = Object.keys(BENCHES);

const USAGE = `npm run bench [-- what] [options]

${Object.entries(BENCHES)
	.map(([name, { about }]) => `  ${name.padEnd(18)}${about}`)
	.join('\n')}

The options of each: npm run bench -- what --help`;

interface Order {
	bench: Bench;
	options: readonly string[];
	help: boolean;
}

function readArguments(given: readonly string[]): Order {
	const [first = ''] = given;
	const named = first !== '' && !first.startsWith('-');
	const bench = BENCHES[named ? first : USUAL];
	if (!bench) throw new Obstacle(`There is no bench "${first}".`, USAGE);
	return { bench, options: given.slice(named ? 1 : 0), help: !named && given.includes('--help') };
}

void runCommand({
	name: 'The bench',
	usage: USAGE,
	readArguments,
	run: async ({ bench, options }, ending) => {
		const { run } = await bench.load();
		await run(options, ending);
		return 0;
	},
});
