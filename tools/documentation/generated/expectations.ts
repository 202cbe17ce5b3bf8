import { EXPECTATIONS } from '../../smoke/expectations';
import type { Table } from './table';

/** What the node rests on at Microsoft, and how sure that is. */
export function expectationTable(): Table {
	return {
		head: ['Expected of Microsoft', 'Source', 'How sure'],
		rows: Object.values(EXPECTATIONS).map(({ says, source, certainty }) => [
			says,
			source.startsWith('https:') ? `[Microsoft](${source})` : source,
			certainty,
		]),
	};
}
