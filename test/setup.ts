import dns from 'node:dns';
import { format } from 'node:util';
import nock from 'nock';

const THIS_MACHINE = /^(127\.0\.0\.1|localhost|\[?::1\]?)(:\d+)?$/;

/** A name that is looked up in earnest could fail before nock answers in the host's place. */
function keepNamesFromResolving(): void {
	const lookup = dns.lookup as (host: string, ...rest: unknown[]) => void;
	jest.spyOn(dns, 'lookup').mockImplementation(((host: string, ...rest: unknown[]) => {
		if (THIS_MACHINE.test(host)) lookup(host, ...rest);
	}) as typeof dns.lookup);
}

const LEVELS = ['debug', 'error', 'info', 'log', 'warn'] as const;

/** What was written to the console and not yet objected to. */
const written: string[] = [];

function refuseConsole(): void {
	const keep = (...words: unknown[]) => void written.push(format(...words));
	Object.assign(globalThis.console, Object.fromEntries(LEVELS.map((level) => [level, keep])));
}

function requireSilence(): void {
	const lines = written.splice(0);
	if (lines.length > 0) throw new Error(`Written to the console:\n${lines.join('\n')}`);
}

refuseConsole();

// Loaded by every test file: nothing but this machine may be reached, and what a test expects to
// be requested must have been requested by its end.
beforeAll(() => {
	nock.disableNetConnect();
	nock.enableNetConnect(THIS_MACHINE);
	keepNamesFromResolving();
});

afterEach(() => {
	requireSilence();
	const unused = nock.pendingMocks();
	nock.cleanAll();
	if (unused.length > 0) throw new Error(`Expected but never requested: ${unused.join(', ')}`);
});

afterAll(() => {
	nock.restore();
	jest.restoreAllMocks();
	requireSilence();
});
