/** package.json as a user's npm sees it: nothing that only the makers of the package install. */
export function manifestForUsers(manifest: Readonly<Record<string, unknown>>) {
	const { devDependencies, peerDependencies, scripts, allowScripts, overrides, ...rest } = manifest;
	return rest;
}
