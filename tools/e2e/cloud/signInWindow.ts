import assert from 'node:assert/strict';
import type { Page } from '@playwright/test';
import type { Account } from '#sandbox/index';

/** Signs in, and waits for the page that comes next. */
export async function pickAccount(
	window: Page,
	{ userPrincipalName }: Account,
	next = 'Permissions requested',
): Promise<void> {
	await window.getByRole('button', { name: userPrincipalName }).click();
	await window.getByRole('heading', { name: next }).waitFor();
}

/** Signs in where nothing is left to consent to: the window closes by itself. */
export async function pickConsentedAccount(
	window: Page,
	{ userPrincipalName }: Account,
): Promise<void> {
	const closed = window.waitForEvent('close');
	await window.getByRole('button', { name: userPrincipalName }).click();
	await closed;
}

/** The consent page asks for sending, for staying connected, for what was ticked, and nothing else. */
export async function requirePermissions(
	window: Page,
	ticked: readonly string[] = [],
): Promise<string> {
	const rows = await window.locator('[data-scope]').all();
	const asked = await Promise.all(rows.map(async (row) => await row.getAttribute('data-scope')));
	assert.deepEqual(asked, ['Mail.Send', 'offline_access', ...ticked]);
	return asked.join(' ');
}

export async function accept(window: Page): Promise<void> {
	// n8n's page at the end of the sign-in closes its own window.
	const closed = window.waitForEvent('close');
	await window.getByRole('button', { name: 'Accept' }).click();
	await closed;
}

/**
 * Goes back to n8n without a consent.
 *
 * @returns what n8n's page says of it, with its details open; the window stays open
 */
export async function goBack(window: Page, button: string): Promise<string> {
	const answered = window.waitForURL(/oauth2-credential\/callback/);
	await window.getByRole('button', { name: button }).click();
	await answered;
	await window.getByText('More details').click();
	return (await window.locator('body').innerText()).replace(/\s+/g, ' ');
}
