const { spawn } = require('node:child_process');
const { rm } = require('node:fs/promises');
const { dest, parallel, series, src } = require('gulp');

/** Removes what an earlier build left. */
function clean() {
	return rm('dist', { recursive: true, force: true });
}

/** Compiles nodes and credentials; fails on a type that does not fit. */
function compile() {
	return spawn(
		process.execPath,
		[require.resolve('typescript/bin/tsc'), '-p', 'tsconfig.build.json'],
		{
			stdio: 'inherit',
		},
	);
}

/** Icons are shared by the node and both credentials. */
function icons() {
	return src('icons/*.svg').pipe(dest('dist/icons'));
}

/** The codex file tells n8n's nodes panel where the node belongs. */
function codex() {
	return src('nodes/**/*.node.json').pipe(dest('dist/nodes'));
}

/** What each operation outputs, for n8n's editor. */
function schemas() {
	return src('nodes/**/__schema__/**/*.json').pipe(dest('dist/nodes'));
}

/** The package's entry, for those who import it rather than let n8n load it. */
function entry() {
	return src('index.js').pipe(dest('dist'));
}

exports.clean = clean;
exports.build = series(clean, parallel(compile, icons, codex, schemas, entry));
