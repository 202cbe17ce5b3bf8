import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { lastLines, Obstacle } from '../kit/obstacle';
import { run } from '../kit/processes';
import type { Credential } from './credentials';
import { N8N_PROGRAM } from './install';
import type { N8n } from './process';

/**
 * The access token of a linked account, as n8n's own export command reads it from its database.
 *
 * @throws {Obstacle} where n8n does not export it
 */
export async function readAccessToken(
	{ userFolder, environment }: Pick<N8n, 'userFolder' | 'environment'>,
	{ id }: Pick<Credential, 'id'>,
): Promise<string> {
	const path = join(userFolder, 'exported.json');
	try {
		const { status, output, messages } = await run({
			command: process.execPath,
			arguments: [
				N8N_PROGRAM,
				...['export:credentials', `--id=${id}`, '--decrypted', `--output=${path}`],
			],
			folder: userFolder,
			environment,
		});
		if (status !== 0)
			throw new Obstacle('n8n did not export the account.', lastLines(`${output}\n${messages}`));
		const [exported] = JSON.parse(await readFile(path, 'utf8')) as Array<{
			data: { oauthTokenData?: { access_token?: string } };
		}>;
		const token = exported?.data.oauthTokenData?.access_token;
		if (token === undefined) throw new Obstacle('The exported account holds no access token.');
		return token;
	} finally {
		await rm(path, { force: true });
	}
}
