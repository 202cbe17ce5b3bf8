import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import type { Account } from '../../sandbox';

export async function pickAccount(window: Page, { userPrincipalName }: Account): Promise<void> {
	await window.getByRole('button', { name: userPrincipalName }).click();
	await window.getByRole('heading', { name: 'Permissions requested' }).waitFor();
}

/** The consent page asks for sending and for staying connected, and for nothing else. */
export async function requireTwoPermissions(window: Page): Promise<string> {
	const asked = await window
		.locator('[data-scope]')
		.evaluateAll((rows) => rows.map((row) => row.getAttribute('data-scope')));
	assert.deepEqual(asked, ['Mail.Send', 'offline_access']);
	return asked.join(' ');
}

export async function accept(window: Page): Promise<void> {
	// n8n's page at the end of the sign-in closes its own window.
	const closed = window.waitForEvent('close');
	await window.getByRole('button', { name: 'Accept' }).click();
	await closed;
}

export async function decline(window: Page): Promise<void> {
	await window.getByRole('button', { name: 'Cancel' }).click();
}
