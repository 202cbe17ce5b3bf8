import type { FastifyInstance } from 'fastify';
import type { Cloud } from '../cloud';
import { isFromThisSite } from '../control/origin';
import { layout } from '../pages/layout';
import { html, type Markup } from '../pages/markup';
import { sendPage } from '../pages/sendPage';
import { FAULT_NAMES, kindOf, OPERATIONS, type FaultName, type FaultSettings } from './catalogue';
import type { ActiveFault } from './faults';

type Form = Readonly<Record<string, string | undefined>>;

/** `/faults`: the switches, for a person. */
export function registerFaultsPage(server: FastifyInstance, cloud: Cloud): void {
	server.get('/faults', (_request, reply) => sendPage(reply, faultsPage(cloud.faults.list())));
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
	['retryAfter', 'Retry-After, seconds'],
	['status', 'status'],
	['milliseconds', 'milliseconds'],
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

function faultRow(name: FaultName, active: ActiveFault | undefined): Markup {
	const { title, stage, defaults = {} } = kindOf(name);
	const hidden = html`<input type="hidden" name="name" value="${name}" />`;
	const field = (key: string, label: string, value: string | number = '') =>
		html`<input
			name="${key}"
			aria-label="${label}"
			title="${label}"
			placeholder="${label}"
			value="${value}"
		/>`;
	const own = OWN_FIELDS.filter(([key]) => key in defaults).map(([key, label]) =>
		field(key, label, String(defaults[key])),
	);
	const limit = active?.settings.times;
	const struck = `on, struck ${active?.struck}${limit === undefined ? '' : ` of ${limit}`}`;
	const counted = stage !== 'listener';
	const form = active
		? html`<form method="post" action="/faults">
				${hidden}
				<span>${struck}</span>
				<button name="switch" value="off">Switch off</button>
			</form>`
		: html`<form method="post" action="/faults">
				${hidden} ${counted && field('times', 'times')} ${counted && field('after', 'after')} ${own}
				${(stage === 'answer' || stage === 'receiving') &&
				html`<select name="operation" aria-label="operation">
					<option value="">all of Graph</option>
					${OPERATIONS.map((each) => html`<option>${each}</option>`)}
				</select>`}
				<button class="primary" name="switch" value="on">Switch on</button>
			</form>`;
	return html`<tr id="${name}" class="${active ? 'on' : ''}">
		<td>${title}<br /><code class="quiet">${name}</code></td>
		<td>${form}</td>
	</tr>`;
}

function faultsPage(active: readonly ActiveFault[]): string {
	const rows = FAULT_NAMES.map((name) =>
		faultRow(
			name,
			active.find((fault) => fault.name === name),
		),
	);
	const body = html`<h1>Faults</h1>
		<p class="quiet">
			<em>times</em>: how many requests it strikes, every one if empty; <em>after</em>: how many
			pass before. Those of the sign-in (AADSTS) strike when a token is renewed, which an account
			that was just linked needs only after an hour: see them at once with the node's
			<em>Check Connection</em>. Reload to see how often a fault has struck.
		</p>
		<p>
			On now:
			${active.length === 0
				? 'none'
				: active.map(({ name }) => html`<a href="#${name}">${kindOf(name).title}</a> `)}
		</p>
		<div class="card">
			<table>
				${rows}
			</table>
		</div>`;
	return layout({ title: 'Faults', kind: 'board', body });
}
