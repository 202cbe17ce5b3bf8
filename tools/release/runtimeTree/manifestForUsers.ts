/** package.json as n8n leaves it when it installs a community package. */
export function manifestForUsers(manifest: Readonly<Record<string, unknown>>) {
	const { devDependencies, peerDependencies, optionalDependencies, ...rest } = manifest;
	return rest;
}
