import { readArguments } from '#tools/demo/arguments';

const nothing = { once: false, keep: false, port: undefined, help: false };

describe('the arguments of the demo', () => {
	it.each([
		[[], nothing],
		[['--once'], { ...nothing, once: true }],
		[['--keep', '--port', '8080'], { ...nothing, keep: true, port: 8080 }],
		[['--port=1'], { ...nothing, port: 1 }],
	])('%j are understood', (given, expected) => {
		expect(readArguments(given)).toEqual(expected);
	});

	it.each([
		[['--twice'], /^Unknown option '--twice'\.$/],
		[['--port'], /--port/],
		[['--port', '0'], /^--port needs a number from 1 to 65535, not "0"\.$/],
		[['--port', '70000'], /not "70000"/],
		[['--once', '--keep'], /^--once always starts afresh: leave out --keep\.$/],
	])('%j are refused in one sentence', (given, sentence) => {
		expect(() => readArguments(given)).toThrow(sentence);
	});
});
