import type { FastifyInstance } from 'fastify';
import type { Cloud } from '../cloud';
import { isFromThisSite } from '../control/origin';
import { layout } from '../pages/layout';
import { html, type Markup } from '../pages/markup';
import { hasState, sendPage } from '../pages/sendPage';
import { FAULT_NAMES, kindOf, OPERATIONS, type FaultName, type FaultSettings } from './catalogue';
import type { ActiveFault } from './faults';

type Form = Readonly<Record<string, string | undefined>>;

/** `/faults`: the switches, for a person. */
export function registerFaultsPage(server: FastifyInstance, cloud: Cloud): void {
	server.get('/faults', (request, reply) => {
		const active = cloud.faults.list();
		const state = active.map(({ name, struck }) => `${name} ${struck}`).join();
		if (hasState(request, state)) return reply.code(204).send();
		return sendPage(reply, faultsPage(active, state));
	});
	server.post<{ Body: Form }>('/faults', async (request, reply) => {
		if (!isFromThisSite(request, cloud)) return await reply.code(403).send('foreign origin');
		const name = FAULT_NAMES.find((each) => each === request.body['name']);
		if (name === undefined) return await reply.code(400).send('There is no such fault.');
		if (request.body['switch'] === 'off') await cloud.faults.switchOff(name);
		else cloud.faults.switchOn(name, settingsOf(request.body));
		return reply.redirect(`/faults#${name}`, 303);
	});
}

/** Settings that only some faults have, and what they are called on the page. */
const OWN_FIELDS = [
	['code', 'AADSTS code'],
	['retryAfter', 'Retry-After in seconds'],
	['status', 'HTTP status'],
	['milliseconds', 'Milliseconds'],
] as const satisfies readonly (readonly [keyof FaultSettings, string])[];

function number(text: string | undefined): number | undefined {
	return text === undefined || !/^\d+$/.test(text) ? undefined : Number(text);
}

function settingsOf(form: Form): FaultSettings {
	const operation = OPERATIONS.find((each) => each === form['operation']);
	const { retryAfter } = form;
	const numbers = {
		times: form['times'],
		after: form['after'],
		code: form['code'],
		status: form['status'],
		milliseconds: form['milliseconds'],
	};
	const given = Object.entries(numbers).flatMap(([name, text]) => {
		const value = number(text);
		return value === undefined ? [] : [[name, value] as const];
	});
	return {
		...(Object.fromEntries(given) as FaultSettings),
		...(operation === undefined ? {} : { operation }),
		...(retryAfter === undefined ? {} : { retryAfter: retryAfter === '' ? null : retryAfter }),
	};
}

/** What a fault does to an email, in the order of the page. */
const GROUPS = {
	refused: {
		title: 'Graph answers with an error',
		text: 'The request has no effect: the email is not accepted.',
	},
	lost: {
		title: 'The email is accepted, but the node does not learn it',
		text: 'Sending it again would send it twice.',
	},
	late: {
		title: 'Graph answers late or never',
		text: 'An email that is never answered is not accepted.',
	},
	connection: {
		title: 'The connection breaks',
		text: 'The email is not accepted.',
	},
	signIn: {
		title: 'Entra ID refuses to renew the sign-in',
		text: 'n8n renews a token after an hour. To see these at once, run Check Connection.',
	},
} as const;

type Group = keyof typeof GROUPS;

const GROUP_OF: Readonly<Record<FaultName, Group>> = {
	throttle: 'refused',
	unavailable503: 'refused',
	expiredToken: 'refused',
	error500: 'refused',
	gateway502: 'refused',
	gateway504: 'refused',
	quota507: 'refused',
	draftLag: 'refused',
	custom: 'refused',
	gateway504AfterTaken: 'lost',
	hangAfterTaken: 'lost',
	dropAfterTaken: 'lost',
	dropWhileAnswering: 'lost',
	slowAnswer: 'late',
	hang: 'late',
	dropBefore: 'connection',
	dropWhileReceiving: 'connection',
	dropOnConnect: 'connection',
	refuseConnections: 'connection',
	revokedRefreshToken: 'signIn',
	expiredSecret: 'signIn',
	conditionalAccess: 'signIn',
	mfaRequired: 'signIn',
	anyAadsts: 'signIn',
};

function faultItem(name: FaultName, active: ActiveFault | undefined): Markup {
	return html`<li id="${name}" class="${active ? 'on' : ''}">
		<form method="post" action="/faults">
			<input type="hidden" name="name" value="${name}" />
			<div class="fault">
				<span>${kindOf(name).title} <code class="quiet">${name}</code></span>
				${active
					? html`<button name="switch" value="off">Switch off</button>`
					: html`<button class="primary" name="switch" value="on">Switch on</button>`}
			</div>
			${active ? html`<p class="quiet">${countOf(active)}</p>` : settingsFor(name)}
		</form>
	</li>`;
}

function countOf({ struck, settings: { times } }: ActiveFault): string {
	const of = times === undefined ? '' : ` of ${times}`;
	return `On. ${struck}${of} ${struck === 1 && of === '' ? 'request' : 'requests'} affected so far.`;
}

function settingsFor(name: FaultName): Markup | null {
	const { stage, defaults = {} } = kindOf(name);
	if (stage === 'listener') return null;
	const field = (key: string, label: string, placeholder: string, value = '') =>
		html`<label
			>${label}
			<input name="${key}" inputmode="numeric" placeholder="${placeholder}" value="${value}"
		/></label>`;
	const own = OWN_FIELDS.filter(([key]) => key in defaults).map(([key, label]) =>
		field(key, label, 'none', String(defaults[key])),
	);
	const operation =
		stage === 'answer' || stage === 'receiving'
			? html`<label
					>Only for
					<select name="operation">
						<option value="">every request to Graph</option>
						${OPERATIONS.map((each) => html`<option>${each}</option>`)}
					</select></label
				>`
			: null;
	return html`<details id="settings-${name}">
		<summary>Settings</summary>
		<div class="settings">
			${field('times', 'Requests affected', 'all')}
			${field('after', 'Requests before the first one', '0')} ${own} ${operation}
		</div>
	</details>`;
}

function faultsPage(active: readonly ActiveFault[], state: string): string {
	const groups = (Object.keys(GROUPS) as Group[]).map((group) => {
		const { title, text } = GROUPS[group];
		const items = FAULT_NAMES.filter((name) => GROUP_OF[name] === group).map((name) =>
			faultItem(
				name,
				active.find((fault) => fault.name === name),
			),
		);
		return html`<section class="card">
			<h2>${title}</h2>
			<p class="quiet">${text}</p>
			<ul class="faults">
				${items}
			</ul>
		</section>`;
	});
	const body = html`<h1>Faults</h1>
		<p class="quiet">Switch on what should fail, then run your workflow.</p>
		<p>
			On now:
			${active.length === 0
				? 'none'
				: active.map(({ name }) => html`<a href="#${name}">${kindOf(name).title}</a> `)}
		</p>
		${groups}`;
	return layout({ title: 'Faults', kind: 'board', body, state });
}
