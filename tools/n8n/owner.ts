import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** The person who owns an n8n that the tools start. */
export interface Owner {
	email: string;
	firstName: string;
	lastName: string;
	password: string;
}

const OWNER = { email: 'owner@contoso.example', firstName: 'Adele', lastName: 'Vance' };

/**
 * The owner of the n8n in this folder. Each n8n gets a random password. The password is kept beside
 * n8n's database, readable by this user only, because `--keep` and a restart sign in again.
 */
export async function ownerOf(userFolder: string): Promise<Owner> {
	const path = join(userFolder, 'owner.json');
	if (existsSync(path)) return JSON.parse(await readFile(path, 'utf8')) as Owner;
	// n8n asks for 8 to 64 characters with a digit and a capital letter.
	const owner = { ...OWNER, password: `N8n-${randomBytes(12).toString('base64url')}` };
	await writeFile(path, JSON.stringify(owner), { mode: 0o600 });
	return owner;
}
