import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const room = join(__dirname, '../../sandbox/graph/schema');

test('the schema of Graph’s messages is what Microsoft’s types give today', () => {
	// In a process of its own: the generator loads the whole TypeScript compiler.
	const print = `process.stdout.write(require(${JSON.stringify(join(room, 'build.ts'))}).buildSchema())`;
	const built = execFileSync(process.execPath, ['--import', 'tsx', '-e', print], {
		encoding: 'utf8',
	});
	expect(JSON.parse(built)).toEqual(
		JSON.parse(readFileSync(join(room, 'message.schema.json'), 'utf8')),
	);
}, 30_000);
