/** What Graph, or something between here and Graph, answered. */
export interface GraphAnswer {
	status: number;
	/** Header names in lower case. */
	headers: Readonly<Record<string, string>>;
	body: string;
}

/**
 * How a connection ended without an answer. The difference decides whether sending again is safe:
 * `beforeRequest` means that not one byte of the request left this machine.
 */
export type BreakStage = 'beforeRequest' | 'afterRequest';

/** One request and what came of it. The transport reports every end as data; it throws nothing. */
export type Exchange =
	| { kind: 'answered'; answer: GraphAnswer }
	| { kind: 'broken'; stage: BreakStage; cause: Error }
	/** The token endpoint refused to renew the token; the request itself was not taken. */
	| { kind: 'signInRequired'; cause: Error }
	/** The execution was stopped; `stage` says whether the request may have been taken. */
	| { kind: 'stopped'; stage: BreakStage };
