import { AADSTS } from '#sandbox/entra/aadsts';
import { code, type Table } from './table';

const SURE = { D: 'documented', R: 'reported', U: 'unconfirmed' } as const;

/** How sure the sandbox is of each error that it gives at sign-in. */
export function sandboxSignInTable(): Table {
	return {
		head: ['Code', 'OAuth error', 'Status', 'How sure'],
		rows: Object.entries(AADSTS).map(([number, { error, status, sure }]) => [
			code(`AADSTS${number}`),
			code(error),
			`${status}`,
			SURE[sure],
		]),
	};
}
