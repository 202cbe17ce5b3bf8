import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Sandbox } from '#sandbox/index';
import type { Execution } from '../../n8n/executions';
import { N8N_PROGRAM } from '../../n8n/install';
import type { N8n } from '../../n8n/process';
import { overwriteEndpointOf } from '../../n8n/provisioning';
import type { Stage } from '../../n8n/stage';
import { readStoredText, type StoredText } from '../../n8n/storedText';
import { run } from '../../kit/processes';

/** Something that must not stand anywhere, by a name that may be printed. */
interface Secret {
	name: string;
	value: string | RegExp;
}

/** Shorter pieces of a mail, such as a name, stand in the designer's own data too. */
const SHORTEST_TELLING_LINE = 24;

/**
 * No secret, token or email body is in n8n's logs, its database or the data of a run, but for
 * what the designer entered. n8n must have been stopped.
 */
export async function checkNothingLeaked(
	{ sandbox, n8n, session }: Stage,
	executions: readonly Execution[],
): Promise<string> {
	const places = [
		...executions.map(({ id, stored }) => ({ place: `execution ${id}`, text: stored })),
		...(await readStoredText(n8n.userFolder)),
	];
	const secrets = [
		...applicationSecrets(sandbox),
		{ name: "the owner's password", value: session.owner.password },
		{ name: 'the token for changing overwrites', value: overwriteEndpointOf(n8n).token },
		...(await heldTokens(n8n)),
		{ name: 'a JSON web token', value: /eyJ[\w-]{10,}\.[\w-]{10,}/ },
		{ name: 'a refresh token', value: /SandboxRefresh\.[\w-]+/ },
	];
	const bodies = mailBodies(sandbox, places);
	const findings = places.flatMap(({ place, text }) =>
		[...secrets, ...bodies]
			.filter(({ value }) => contains(text, value))
			.map(({ name }) => `${name} in ${place}`),
	);
	assert.deepEqual(findings, []);
	return `${secrets.length} secrets and ${bodies.length} lines of mail in ${places.length} places`;
}

function applicationSecrets({ directory }: Sandbox): Secret[] {
	return Object.values(directory.apps).flatMap((app) => [
		...app.secrets.map(({ value }) => ({ name: `a client secret of ${app.name}`, value })),
		...app.certificates.map(({ privateKey }) => ({
			name: `a private key of ${app.name}`,
			value: privateKey.split('\n')[2] ?? privateKey,
		})),
	]);
}

/** The tokens that n8n holds, in the clear, as only its own command line gives them out. */
async function heldTokens(n8n: N8n): Promise<Secret[]> {
	const folder = await mkdtemp(join(n8n.userFolder, 'held-'));
	try {
		const output = join(folder, 'credentials.json');
		const { status } = await run({
			command: process.execPath,
			arguments: [N8N_PROGRAM, 'export:credentials', '--all', '--decrypted', `--output=${output}`],
			folder: n8n.userFolder,
			environment: n8n.environment,
		});
		assert.equal(status, 0, 'n8n did not export its credentials');
		const credentials = JSON.parse(await readFile(output, 'utf8')) as Array<{
			name: string;
			data: { oauthTokenData?: { access_token?: string; refresh_token?: string } };
		}>;
		const tokens = credentials.flatMap(({ name, data: { oauthTokenData } }) => [
			{ name: `the access token of ${name}`, value: oauthTokenData?.access_token ?? '' },
			{ name: `the refresh token of ${name}`, value: oauthTokenData?.refresh_token ?? '' },
		]);
		return tokens.filter(({ value }) => value !== '');
	} finally {
		await rm(folder, { recursive: true, force: true });
	}
}

/**
 * The lines of each mail that exist only once the designer's expressions were evaluated. A line that
 * the designer typed is in the workflow, and has every right to.
 */
function mailBodies({ outbox }: Sandbox, places: readonly StoredText[]): Secret[] {
	const workflows = places
		.filter(({ place }) => place === 'table workflow_entity')
		.map(({ text }) => text)
		.join('\n');
	const lines = outbox.flatMap(({ message }) => (message.body?.content ?? '').split('\n'));
	return [...new Set(lines.map((line) => line.trim()))]
		.filter((line) => line.length >= SHORTEST_TELLING_LINE && !contains(workflows, line))
		.map((line) => ({ name: `the line "${line}" of a mail`, value: line }));
}

/** Plain, or as it stands inside JSON. */
function contains(text: string, wanted: string | RegExp): boolean {
	if (wanted instanceof RegExp) return wanted.test(text);
	return text.includes(wanted) || text.includes(JSON.stringify(wanted).slice(1, -1));
}
