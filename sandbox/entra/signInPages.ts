import type { Account } from '../directory';
import { layout } from '../pages/layout';
import { html, type Insert } from '../pages/markup';
import { newTrace, type Refusal } from './refusal';
import { GRAPH_PERMISSIONS, OPENID_SCOPES } from './scopes';
import type { SignInFlow } from './signInFlow';

function card(title: string, body: Insert, account?: Account): string {
	return layout({
		title,
		kind: 'entra',
		body: html`<div class="card">
				<div class="cloud">Sandbox sign-in</div>
				${account && html`<p class="quiet">${account.userPrincipalName}</p>`}
				<h1>${title}</h1>
				${body}
			</div>
			<p class="stand-in quiet">A stand-in for Microsoft Entra ID, on this machine only.</p>`,
	});
}

/** Account tiles sign in at once; the form takes a name and any password but `wrong`. */
export function signInPage(
	flow: SignInFlow,
	accounts: readonly Account[],
	refusal?: Refusal,
): string {
	const action = `/${flow.segment}/login`;
	const tile = (account: Account) =>
		html` <button class="tile" name="login" value="${account.userPrincipalName}">
			<span>${account.displayName} <span class="quiet">${account.jobTitle}</span></span>
			<span class="quiet">${account.userPrincipalName}</span>
			${account.remark && html`<span class="badge">${account.remark}</span>`}
		</button>`;
	return card(
		'Pick an account',
		html`<p>to continue to <strong>${flow.app.name}</strong></p>
			${refusal && html`<p class="alarm" role="alert">${refusal.message}</p>`}
			<form method="post" action="${action}">
				<input type="hidden" name="ctx" value="${flow.id}" />
				${accounts.map(tile)}
			</form>
			<form method="post" action="${action}">
				<input type="hidden" name="ctx" value="${flow.id}" />
				<p>
					<label
						>Another account
						<input
							name="login"
							type="email"
							required
							autocomplete="username"
							value="${flow.loginHint}"
						/>
					</label>
				</p>
				<p>
					<label
						>Password
						<input name="passwd" type="password" autocomplete="off" />
					</label>
				</p>
				<div class="actions"><button class="primary">Next</button></div>
			</form>`,
	);
}

function permission(scope: string): Insert {
	const shown = GRAPH_PERMISSIONS[scope] ?? OPENID_SCOPES[scope];
	return html`<details class="permission" data-scope="${scope}">
		<summary>${shown?.title ?? scope}</summary>
		<p class="quiet">${shown?.description}</p>
	</details>`;
}

/**
 * Lists exactly what was asked for. Order and words: "Building blocks of the consent prompt",
 * learn.microsoft.com/entra/identity-platform/application-consent-experience. D
 */
export function consentPage(flow: SignInFlow, account: Account): string {
	return card(
		'Permissions requested',
		html`<p>
				<strong>${flow.app.name}</strong><br /><span class="quiet">${flow.app.publisher}</span>
			</p>
			<p>This app would like to:</p>
			${flow.scopes.map(permission)}
			<form method="post" action="/${flow.segment}/Consent/Set">
				<input type="hidden" name="ctx" value="${flow.id}" />
				<div class="actions">
					<button name="decision" value="cancel">Cancel</button>
					<button class="primary" name="decision" value="accept">Accept</button>
				</div>
			</form>`,
		account,
	);
}

/** learn.microsoft.com/entra/identity/enterprise-apps/user-admin-consent-overview. D */
export function approvalPage(flow: SignInFlow, account: Account): string {
	return card(
		'Need admin approval',
		html`<p>
				<strong>${flow.app.name}</strong> needs permission to access resources in your organization
				that only an admin can grant. Please ask an admin to grant permission to this app before you
				can use it.
			</p>
			<p class="quiet">AADSTS90094</p>
			<form method="post" action="/${flow.segment}/Consent/Set">
				<input type="hidden" name="ctx" value="${flow.id}" />
				<div class="actions">
					<button name="decision" value="return">
						Return to the application without granting consent
					</button>
				</div>
			</form>`,
		account,
	);
}

/** Where no redirect URI can be trusted, the person is told and the app is not. */
export function errorPage(refusal: Refusal): string {
	const trace = newTrace();
	return card(
		'Sorry, but we’re having trouble signing you in.',
		html`<p role="alert">${refusal.message}</p>
			<dl class="quiet">
				<dt>Correlation ID</dt>
				<dd>${trace.correlationId}</dd>
				<dt>Timestamp</dt>
				<dd>${trace.timestamp}</dd>
			</dl>`,
	);
}
