import { createInterface, type Interface } from 'node:readline/promises';

/** What somebody saw. */
export interface Sighting {
	answer: 'yes' | 'no' | 'skipped';
	/** What they saw instead, in their words. */
	remark: string;
}

/** Who tries it: signs in, looks into Outlook, answers. */
export interface Person {
	/** Asks for something that must not be shown. */
	askSecret(question: string): Promise<string>;
	/** Signs in at this address and lets n8n have the answer. */
	signIn(authorizeUrl: string): Promise<void>;
	/** @param subject of the mail to look for, if the question is about one */
	look(question: string, subject?: string): Promise<Sighting>;
	leave(): void;
}

/** A person at this terminal. */
export class PersonAtKeyboard implements Person {
	private readonly terminal: Interface = createInterface({
		input: process.stdin,
		output: process.stdout,
	});

	constructor() {
		// readline keeps Ctrl+C to itself; what ends everything must get it.
		this.terminal.on('SIGINT', () => process.kill(process.pid, 'SIGINT'));
	}

	async askSecret(question: string): Promise<string> {
		const asked = this.terminal.question(`\n  ${question} (it is not shown): `);
		// readline would show each character as it is typed.
		const output = process.stdout;
		const write = output.write.bind(output);
		output.write = () => true;
		try {
			return (await asked).trim();
		} finally {
			output.write = write;
			write('\n');
		}
	}

	async signIn(authorizeUrl: string): Promise<void> {
		process.stdout.write(
			`\n  Open this address in a browser on this machine, sign in and accept:\n\n  ${authorizeUrl}\n\n`,
		);
		await Promise.resolve();
	}

	async look(question: string): Promise<Sighting> {
		for (;;) {
			const said = await this.terminal.question(`  ${question} [y, n, s = skip] `);
			const letter = said.trim().toLowerCase().charAt(0);
			if (letter === 'y') return { answer: 'yes', remark: '' };
			if (letter === 's') return { answer: 'skipped', remark: '' };
			if (letter !== 'n') continue;
			const remark = await this.terminal.question('  What do you see instead? ');
			return { answer: 'no', remark: remark.trim() };
		}
	}

	leave(): void {
		this.terminal.close();
	}
}
