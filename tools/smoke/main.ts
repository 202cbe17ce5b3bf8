import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { FACTS } from '#sandbox/facts';
import { runCommand } from '../kit/commandLine';
import type { Ending } from '../kit/ending';
import { PACKAGE_FOLDER } from '../kit/folders';
import { step } from '../kit/progress';
import { readAccessToken } from '../n8n/accessToken';
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
import { GraphCaller } from './graphCaller';
import { originsOf, PROBES, REPLY_WITH_BODY, type ProbeTools } from './probes';
import { resultLine, writeReport } from './report';
import { FIRST_SUBJECT, runCheckConnection, runTrial, subjectOf, type Output } from './runTrial';
import { setStage } from './stage';
import { TRIALS, type Scene, type Trial } from './trials';
import { judgeWatches } from './watches';

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
	const { session, n8n } = await setStage(folder.path, given.port);
	const credential = await step('Linking your account', async () => {
		return await linkAccount(session, { ...given.tenant, proof }, person);
	});
	const observations: Observation[] = [
		{
			fact: 'pkceWithSecret',
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
	const outputs = new Map<string, Output>();
	const send = async (trial: Trial) => {
		const isAnswer = trial.operation === 'reply' && scene.messageId === undefined;
		const reason =
			reasonToSkip(trial.needs, given) ??
			(isAnswer ? 'the first email was not found in the inbox' : undefined);
		if (reason !== undefined) return observations.push(...notTried(trial, reason));
		const output = await step(`Sending: ${trial.name}`, async () => {
			return await runTrial(session, credential, trial, scene);
		});
		return outputs.set(trial.name, output);
	};
	for (const trial of TRIALS) if (trial.operation !== 'reply') await send(trial);

	const origins = originsOf(given.tenant);
	const token = await step('Reading the token for requests of its own', async () => {
		return await readAccessToken(n8n, credential);
	});
	const graph = new GraphCaller(origins.graphOrigin, token);
	if (given.tenant.permissions.includes('Mail.ReadWrite')) {
		scene.messageId = await step('Looking for the first email in the inbox', async () => {
			return await findArrived(graph);
		});
	}
	for (const trial of TRIALS) if (trial.operation === 'reply') await send(trial);
	const { to, tenant } = given;
	const tools: ProbeTools = { graph, tenant, to, ...origins, messageId: scene.messageId };
	for (const probe of PROBES) {
		const reason = reasonToSkip(probe.needs, given) ?? probe.skip?.(tools);
		observations.push(
			...(reason === undefined
				? await step(`Asking: ${probe.name}`, async () => await probe.run(tools))
				: notTried(probe, reason)),
		);
	}
	observations.push(...judgeWatches(outputs));

	print(
		`\n  Now check Outlook. The emails are from you, and their subjects begin with "Smoke:".\n`,
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
	const asked = await REPLY_WITH_BODY.send(tools);
	observations.push(
		'verdict' in asked
			? asked
			: judgeSighting(
					...(['bodyLosesHistory', REPLY_WITH_BODY.name] as const),
					await person.look(REPLY_WITH_BODY.question, `RE: ${FIRST_SUBJECT}`),
				),
	);
	return await report(observations, given);
}

/** The email is looked for as long as an email usually takes. */
async function findArrived(graph: GraphCaller): Promise<string | undefined> {
	const query = new URLSearchParams({
		$filter: `subject eq '${FIRST_SUBJECT}'`,
		$select: 'id,isDraft',
		$top: '10',
	});
	for (let tries = 0; tries < 12; tries++) {
		const { json } = await graph.call('GET', `/me/mailFolders/inbox/messages?${query}`);
		const [first] = Array.isArray(json['value']) ? (json['value'] as Array<{ id?: string }>) : [];
		if (first?.id !== undefined) return first.id;
		await wait(10_000);
	}
	return undefined;
}

const PERSONAL = /@(?:outlook|hotmail|live|msn)\./i;

function reasonToSkip(
	needs: (typeof TRIALS)[number]['needs'],
	{ tenant, from, to }: SmokeArguments,
): string | undefined {
	if (needs === 'a personal account')
		return PERSONAL.test(to) ? undefined : 'needs a personal Outlook.com account';
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
	if (rehearse) print('\n  A rehearsal: it is the sandbox that answers, not Microsoft.');
	for (const observation of observations)
		if (FACTS[observation.fact].certainty !== 'documented') print(resultLine(observation));
	print(`\n  The report: ${path}`);
	print(
		`\n${count('asExpected')} as expected, ${count('differs')} differ, ${count('notSeen')} did not occur, ${count('notTried')} not tried`,
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
