// Runs under every Node.js that the package supports, in the folder where it was installed: loads
// each node and credential as n8n does and says what it found, as one line of JSON.
const { basename, join } = require('node:path');

const [, , packageFolder] = process.argv;
const { n8n } = require(join(packageFolder, 'package.json'));

const loaded = [...n8n.nodes, ...n8n.credentials].map((file) => {
	const className = basename(file).replace(/\.(?:node|credentials)\.js$/, '');
	const instance = new (require(join(packageFolder, file))[className])();
	return instance.description?.displayName ?? instance.displayName;
});
const entry = Object.keys(require(packageFolder));
// Loaded when first used, not when n8n reads the node at its start.
const heavy = Object.keys(require.cache).filter((path) =>
	/msal-|microsoft-graph-client/.test(path),
);
process.stdout.write(JSON.stringify({ loaded, entry, heavy: heavy.length }));
