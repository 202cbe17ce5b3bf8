/** What a published file must not tell of the place where it was made. */
export interface Place {
	/** Folders of this machine: the project's, the user's own. */
	folders: readonly string[];
	/** Hosts from which this machine gets its packages. */
	registryHosts: readonly string[];
}

const HOME_FOLDER = /(?<![\w./])\/(?:home|Users)\/[\w.-]+|\b[A-Z]:\\Users\\/;
/** Whatever the domain is: npm, and those who mirror it, call such a host so. */
const REGISTRY_HOST = /\bregistry\.[\w-]+(?:\.[\w-]+)+/;

/** The `imports` of package.json lead to TypeScript, which no tarball contains. */
const ALIAS = /(?:\bfrom|\bimport|\brequire)\s*\(?\s*["']#\w+\//;

/** Each trace found in a text, named so that the finding may be printed. */
export function tracesIn(text: string, { folders, registryHosts }: Place): string[] {
	return [
		...folders.filter((folder) => folder.length > 3 && text.includes(folder)).map(() => 'a folder'),
		...(HOME_FOLDER.test(text) ? ['a home folder'] : []),
		...(REGISTRY_HOST.test(text) || registryHosts.some((host) => text.includes(host))
			? ['a registry host']
			: []),
		...(ALIAS.test(text) ? ['an import that only works in the project'] : []),
		...(/_authToken|\/\/[^\s/]+\/:_/.test(text) ? ['a registry token'] : []),
	];
}
