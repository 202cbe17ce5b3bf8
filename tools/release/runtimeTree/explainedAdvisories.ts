/**
 * Advisories about a run-time dependency that do not concern this package, by their ID, with the
 * reason why: which code they are about, and that it is never called.
 */
export const EXPLAINED_ADVISORIES: Readonly<Record<string, string>> = {};
