import { CLOUD_INSTANCES } from '#node/account/cloudInstances';
import { code, type Table } from './table';

const DOCUMENTATION = 'https://learn.microsoft.com/';

export function cloudTable(): Table {
	return {
		head: ['Cloud instance', 'Sign-in host', 'Graph host', 'Upload host', 'Source'],
		rows: Object.values(CLOUD_INSTANCES).map((cloud) => [
			cloud.displayName,
			code(new URL(cloud.loginOrigin).host),
			code(new URL(cloud.graphOrigin).host),
			cloud.uploadOrigins?.map((origin) => code(new URL(origin).host)).join(', ') ??
				'not documented',
			cloud.source.startsWith(DOCUMENTATION) ? `[documented](${cloud.source})` : cloud.source,
		]),
	};
}
