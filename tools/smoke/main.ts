import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runCommand } from '../kit/commandLine';
import type { Ending } from '../kit/ending';
import { PACKAGE_FOLDER } from '../kit/folders';
import { step } from '../kit/progress';
import { passingUserFolder } from '../n8n/userFolder';
import { readArguments, USAGE, type SmokeArguments } from './arguments';
import { linkAccount } from './link';
import {
	judgeConnection,
	judgeSighting,
	judgeTrial,
	notTried,
	type Observation,
} from './observation';
import { PersonAtKeyboard, type Person } from './person';
import { prepareRehearsal } from './rehearsal';
import { writeReport } from './report';
import { runCheckConnection, runTrial, subjectOf } from './runTrial';
import { setStage } from './stage';
import { TRIALS, type Scene } from './trials';

const MINUTE = 60_000;
const REPORTS = join(PACKAGE_FOLDER, '.smoke');

/** A person with a tenant tries everything once; the report says where Microsoft differs. */
async function smoke(given: SmokeArguments, person: Person, ending: Ending): Promise<number> {
	const proof = given.certificate ?? {
		clientCredentialType: 'clientSecret' as const,
		clientSecret: await person.askSecret('Client secret (the Value)'),
	};
	const folder = await passingUserFolder();
	ending.then(folder.release);
	const session = await setStage(folder.path, given.port);
	const credential = await step('Linking your account', async () => {
		return await linkAccount(session, { ...given.tenant, proof }, person);
	});
	const observations: Observation[] = [
		{
			expectation: 'pkceWithSecret',
			where: 'connecting the account',
			verdict: 'asExpected',
			seen: 'the account was linked',
		},
		...judgeConnection(
			await step('Checking the connection', async () => {
				return await runCheckConnection(session, credential);
			}),
		),
	];

	const scene: Scene = {
		to: given.to,
		from: given.from,
		later: new Date(Date.now() + 5 * MINUTE),
	};
	const outputs = new Map<string, Awaited<ReturnType<typeof runTrial>>>();
	for (const trial of TRIALS) {
		const reason = reasonToSkip(trial.needs, given);
		if (reason !== undefined) observations.push(...notTried(trial, reason));
		else
			outputs.set(
				trial.name,
				await step(`Sending: ${trial.name}`, async () => {
					return await runTrial(session, credential, trial, scene);
				}),
			);
	}

	print(
		`\n  Now look into Outlook. The mails are from you, and their subjects begin with "Smoke:".\n`,
	);
	const consent = await person.look(
		'Did the sign-in ask for sending mail as you and for keeping access (and for what you ticked), and nothing else?',
	);
	observations.push(judgeSighting('twoPermissions', 'connecting the account', consent));
	for (const trial of TRIALS) {
		const output = outputs.get(trial.name);
		if (!output) continue;
		const went = output.every((item) => item['status'] === 'accepted');
		const sighting = went
			? await person.look(`${trial.name}: ${trial.question(scene)}`, subjectOf(trial))
			: { answer: 'skipped' as const, remark: '' };
		observations.push(...judgeTrial(trial, output, sighting));
	}
	return await report(observations, given);
}

function reasonToSkip(
	needs: (typeof TRIALS)[number]['needs'],
	{ tenant, from }: SmokeArguments,
): string | undefined {
	if (needs !== undefined && !tenant.permissions.includes(needs)) return `without ${needs}`;
	return needs === 'Mail.Send.Shared' && !from ? 'no other mailbox was given (--from)' : undefined;
}

async function report(
	observations: readonly Observation[],
	{ tenant, to, from, rehearse }: SmokeArguments,
): Promise<number> {
	const { version } = JSON.parse(await readFile(join(PACKAGE_FOLDER, 'package.json'), 'utf8')) as {
		version: string;
	};
	const date = new Date();
	const text = writeReport(observations, {
		date,
		version,
		cloudInstance: tenant.cloudInstance,
		rehearsed: rehearse,
		withheld: [to, from ?? '', to.split('@').at(-1) ?? '', tenant.tenantId, tenant.clientId],
	});
	await mkdir(REPORTS, { recursive: true });
	const path = join(REPORTS, `${date.toISOString().slice(0, 16).replace(':', '')}.md`);
	await writeFile(path, text);
	const count = (verdict: Observation['verdict']) =>
		observations.filter((observation) => observation.verdict === verdict).length;
	print(`\n  The report: ${path}`);
	print(
		`\n${count('asExpected')} as expected, ${count('differs')} differ, ${count('notTried')} not tried`,
	);
	return count('differs') === 0 ? 0 : 1;
}

function print(text: string): void {
	process.stdout.write(`${text}\n`);
}

void runCommand({
	name: 'The smoke run',
	usage: USAGE,
	readArguments,
	run: async (given, ending) => {
		if (given.rehearse) {
			const rehearsal = await prepareRehearsal(given);
			ending.then(rehearsal.close);
			return await smoke(rehearsal.given, rehearsal.person, ending);
		}
		const person = new PersonAtKeyboard();
		ending.then(async () => await Promise.resolve(person.leave()));
		return await smoke(given, person, ending);
	},
});
