import nock from 'nock';

// Loaded by every test file: nothing but this machine may be reached, and what a test expects to
// be requested must have been requested by its end.
beforeAll(() => {
	nock.disableNetConnect();
	nock.enableNetConnect(/^(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/);
});

afterEach(() => {
	const unused = nock.pendingMocks();
	nock.cleanAll();
	if (unused.length > 0) throw new Error(`Expected but never requested: ${unused.join(', ')}`);
});

afterAll(() => {
	nock.restore();
});
