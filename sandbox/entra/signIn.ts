import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Cloud } from '../cloud';
import type { Account } from '../directory';
import { CONTENT_SECURITY_POLICY } from '../pages/layout';
import { readDestination, readRequest, type AuthorizeQuery } from './authorizeRequest';
import { codeRedirect, errorRedirect } from './redirectBack';
import { Refusal } from './refusal';
import { permissionsOf } from './scopes';
import { readSession, writeSession } from './sessionCookie';
import type { SignInFlow } from './signInFlow';
import { approvalPage, consentPage, errorPage, signInPage } from './signInPages';

type Form = Readonly<Record<string, string | undefined>>;
type TenantRoute = { Params: { tenant: string }; Querystring: AuthorizeQuery };
type FormRoute = { Params: { tenant: string }; Body: Form | undefined };

/** The one password that is refused, for trying AADSTS50126. */
const WRONG_PASSWORD = 'wrong';

/** `GET /{tenant}/oauth2/v2.0/authorize` and the pages behind it. */
export function registerSignIn(server: FastifyInstance, cloud: Cloud): void {
	server.get<TenantRoute>('/:tenant/oauth2/v2.0/authorize', (request, reply) =>
		onPage(reply, () => authorize(request, reply, cloud)),
	);
	server.post<FormRoute>('/:tenant/login', (request, reply) =>
		onPage(reply, () => {
			const flow = flowOf(request.body, cloud);
			try {
				const account = authenticate(flow, request.body ?? {}, cloud);
				const session = cloud.flows.remember(readSession(request), account.id);
				writeSession(reply, session);
				return signedIn(flow, account, reply, cloud);
			} catch (error) {
				if (!(error instanceof Refusal) || !SHOWN_IN_FORM.includes(error.code)) throw error;
				return show(reply, signInPage(flow, pickable(flow, cloud), error));
			}
		}),
	);
	server.post<FormRoute>('/:tenant/Consent/Set', (request, reply) =>
		onPage(reply, () => decide(flowOf(request.body, cloud), request.body ?? {}, reply, cloud)),
	);
}

const SHOWN_IN_FORM = [50034, 50057, 50126];

function authorize(request: FastifyRequest<TenantRoute>, reply: FastifyReply, cloud: Cloud) {
	const { query, params } = request;
	const destination = readDestination(params.tenant, query, cloud);
	const record = cloud.journal.recordOf(request.raw);
	if (record !== undefined) record.appId = destination.app.id;
	try {
		const flow = cloud.flows.begin(readRequest(params.tenant, query, destination, cloud));
		const account = signedInAlready(flow, readSession(request), cloud);
		if (account !== undefined) return signedIn(flow, account, reply, cloud);
		if (flow.prompt === 'none') throw new Refusal(50058);
		return show(reply, signInPage(flow, pickable(flow, cloud)));
	} catch (error) {
		if (!(error instanceof Refusal)) throw error;
		return go(reply, errorRedirect(destination.redirectUri, error, query['state']));
	}
}

/** Single sign-on: one account in this browser, and nobody asked for the picker. */
function signedInAlready(flow: SignInFlow, session: string | undefined, cloud: Cloud) {
	if (flow.prompt === 'login' || flow.prompt === 'select_account') return undefined;
	const accounts = cloud.flows
		.accountsOf(session)
		.map((id) => cloud.directory.account(id))
		.filter((account) => account !== undefined)
		.filter((account) => belongs(account, flow));
	const hint = flow.loginHint?.toLowerCase();
	const match = accounts.filter(
		(account) => hint === undefined || account.userPrincipalName.toLowerCase() === hint,
	);
	return match.length === 1 && match[0]?.enabled === true ? match[0] : undefined;
}

function belongs(account: Account, { path }: SignInFlow): boolean {
	return path.kind === 'wellKnown' || account.tenantId === path.tenant.id;
}

function pickable(flow: SignInFlow, cloud: Cloud): Account[] {
	return Object.values(cloud.directory.accounts).filter((account) => belongs(account, flow));
}

function authenticate(flow: SignInFlow, form: Form, cloud: Cloud): Account {
	const user = form['login'] ?? '';
	const account = cloud.directory.account(user);
	const tenant = flow.path.kind === 'tenant' ? flow.path.tenant.name : flow.path.word;
	const { id: app, name } = flow.app;
	if (account === undefined) throw new Refusal(50034, { user, tenant });
	if (form['passwd'] === WRONG_PASSWORD) throw new Refusal(50126);
	if (!account.enabled) throw new Refusal(50057);
	if (!belongs(account, flow)) {
		throw new Refusal(50020, { user, home: account.tenantId, tenant, app, name });
	}
	// @cites assignmentRequired
	if (!account.assigned) throw new Refusal(50105, { user, app, name });
	return account;
}

function signedIn(flow: SignInFlow, account: Account, reply: FastifyReply, cloud: Cloud) {
	flow.accountId = account.id;
	const permissions = permissionsOf(flow.scopes);
	const missing = cloud.consents.missing(account, flow.app, permissions);
	if (missing.length === 0 && flow.prompt !== 'consent') return finish(flow, account, reply, cloud);
	if (flow.prompt === 'none') throw new Refusal(65001, { app: flow.app.id, name: flow.app.name });
	if (cloud.consents.needsAdministrator(account, missing)) {
		return show(reply, approvalPage(flow, account));
	}
	return show(reply, consentPage(flow, account));
}

function decide(flow: SignInFlow, form: Form, reply: FastifyReply, cloud: Cloud) {
	const account = cloud.directory.account(flow.accountId ?? '');
	if (account === undefined) throw new Refusal(50058);
	const decision = form['decision'];
	const missing = cloud.consents.missing(account, flow.app, permissionsOf(flow.scopes));
	const mayConsent = !cloud.consents.needsAdministrator(account, missing);
	if (decision === 'accept' && mayConsent) {
		cloud.consents.give(account, flow.app, permissionsOf(flow.scopes));
		return finish(flow, account, reply, cloud);
	}
	cloud.flows.end(flow);
	const refusal = new Refusal(mayConsent ? 65004 : 90094);
	return go(reply, errorRedirect(flow.redirectUri, refusal, flow.state));
}

function finish(flow: SignInFlow, account: Account, reply: FastifyReply, cloud: Cloud) {
	cloud.flows.end(flow);
	const code = cloud.grants.addCode({
		appId: flow.app.id,
		accountId: account.id,
		tenantId: account.tenantId,
		scopes: flow.scopes,
		redirectUri: flow.redirectUri,
		...(flow.nonce === undefined ? {} : { nonce: flow.nonce }),
		...(flow.challenge === undefined ? {} : { challenge: flow.challenge }),
	});
	return go(reply, codeRedirect(flow.redirectUri, code, flow.state));
}

function flowOf(form: Form | undefined, cloud: Cloud): SignInFlow {
	const flow = cloud.flows.find(form?.['ctx']);
	if (flow === undefined) throw new Refusal(9002313);
	return flow;
}

function onPage(reply: FastifyReply, answer: () => FastifyReply): FastifyReply {
	try {
		return answer();
	} catch (error) {
		if (!(error instanceof Refusal)) throw error;
		return show(reply.code(error.status === 401 ? 401 : 400), errorPage(error));
	}
}

function show(reply: FastifyReply, page: string): FastifyReply {
	return reply
		.type('text/html; charset=utf-8')
		.headers({
			'Cache-Control': 'no-store',
			'Content-Security-Policy': `${CONTENT_SECURITY_POLICY}; frame-ancestors 'none'`,
			'X-Frame-Options': 'DENY',
		})
		.send(page);
}

function go(reply: FastifyReply, location: string): FastifyReply {
	return reply.header('Cache-Control', 'no-store').redirect(location, 302);
}
