import type { IExecuteFunctions } from 'n8n-workflow';
import { refuseCertificate } from '#node/account/linkedAccount';
import { CONNECTION_REFUSALS } from '#node/account/connectionRules';
import { AADSTS_ERRORS, type Actor } from '#node/explain/aadstsErrors';
import {
	answered,
	blocked,
	broken,
	stopped,
	unreadable,
	type Exchange,
} from '#node/graph/exchange';
import { explainExchange } from '#node/explain/exchange';
import { explainStartedBefore } from '#node/explain/unknownOutcome';
import { explainAccount } from '#node/explain/account';
import { explainKeyNotKept, HOST_KEEPS_NO_KEYS } from '#node/explain/refusals';
import type { Failure } from '#node/facts/failure';
import { GRAPH_ERRORS } from '#node/explain/graphErrors';
import { UnreadableFile } from '#node/graph/files';
import { code, type Table } from './table';

/** What Graph refuses. */
export function mailMessages(): Table {
	return {
		head: ['Message', 'What to do', 'Microsoft’s code'],
		rows: grouped(
			Object.entries(GRAPH_ERRORS).map(([name, { message, remedy }]) => ({
				message,
				remedy,
				name,
			})),
		),
	};
}

const ACTORS: Readonly<Record<Actor, string>> = {
	designer: 'you',
	appOwner: 'the owner of the app',
	entraAdmin: 'an Entra administrator',
	n8nAdmin: 'an n8n administrator',
	nobody: 'Microsoft',
};

/** What Entra ID refuses, at sign-in or when the token is renewed. */
export function signInMessages(): Table {
	const entries = Object.entries(AADSTS_ERRORS).map(([number, { message, remedy, whoActs }]) => ({
		message,
		remedy: `${ACTORS[whoActs]}: ${remedy}`,
		name: `AADSTS${number}`,
	}));
	return {
		head: ['Message', 'Who acts, and how', 'Microsoft’s code'],
		rows: grouped(entries),
	};
}

interface Entry {
	message: string;
	remedy: string;
	/** Microsoft's code. */
	name: string;
}

/** One row for all codes that say the same. */
function grouped(entries: readonly Entry[]): string[][] {
	const rows = new Map<string, { message: string; remedy: string; names: string[] }>();
	for (const { message, remedy, name } of entries) {
		const key = JSON.stringify([message, remedy]);
		const row = rows.get(key) ?? { message, remedy, names: [] };
		rows.set(key, { ...row, names: [...row.names, code(name)] });
	}
	return [...rows.values()].map(({ message, remedy, names }) => [
		message,
		remedy,
		names.join(', '),
	]);
}

/** It tells its egress rules to nobody. */
const OLDER_N8N = { helpers: {} } as Pick<IExecuteFunctions, 'helpers'>;

/** What the node itself says: made by the code that explains, from one exchange of each kind. */
export function nodeMessages(): Table {
	const app = { application: 'customer' } as const;
	const explain = (exchange: Exchange) => explainExchange(exchange, '', app);
	const cause = new Error('…');
	const failures: Failure[] = [
		explain(answered({ status: 504, headers: {}, body: '' })),
		explain(broken('afterRequest', cause)),
		explain(broken('beforeRequest', cause)),
		explain(broken('beforeRequest', cause, { renewing: true })),
		explain(blocked('graph.microsoft.com', 'hostname', cause)),
		explainAccount(refuseCertificate(OLDER_N8N, { clientCredentialType: 'certificate' })),
		explain(stopped('beforeRequest')),
		explain(unreadable(new UnreadableFile('…', '…'))),
		explainStartedBefore('sentItems'),
		explainKeyNotKept(undefined, app),
		HOST_KEEPS_NO_KEYS,
		...Object.values(CONNECTION_REFUSALS).map(({ cause: message, remedy }) => ({
			code: 'invalidCredential',
			message,
			remedy,
		})),
	];
	return {
		head: ['Message', 'What to do', 'Code'],
		rows: failures.map(({ message, remedy, code: name }) => [message, remedy, code(name)]),
	};
}
