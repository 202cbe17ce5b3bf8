const { appendFileSync } = require('node:fs');

/** Reports jest's count as a checklist does, to the file that CHECKLIST_COUNTS names. */
module.exports = class CountReporter {
	onRunComplete(_contexts, { numPassedTests, numFailedTests, numRuntimeErrorTestSuites }) {
		const file = process.env.CHECKLIST_COUNTS;
		if (!file) return;
		// A file that can't even be loaded has no tests that could fail.
		const failed = numFailedTests + numRuntimeErrorTestSuites;
		appendFileSync(file, `${JSON.stringify({ passed: numPassedTests, failed })}\n`);
	}
};
