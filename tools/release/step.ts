import type { ReleaseArguments } from './arguments';
import type { Manifest } from './manifest';

/** What a step found. `warning` stops a release, and is only told in a dry run. */
export interface Finding {
	state: 'ok' | 'warning' | 'failed' | 'skipped';
	/** One line for the table. */
	detail: string;
	/** Lines below the table, for what does not fit into it. */
	lines?: readonly string[];
}

/** What the steps share; a later step finds there what an earlier one made. */
export interface Release {
	readonly given: ReleaseArguments;
	readonly manifest: Manifest;
	/** Where tarball, SBOM and licenses stay. */
	readonly outputFolder: string;
	/** Vanishes at the end. */
	readonly workFolder: string;
	tarball?: string;
	/** An otherwise empty folder with nothing but the installed tarball in its node_modules. */
	trialFolder?: string;
	/** The package's own folder in there. */
	installed?: string;
	/** The same, with a lock file of what is installed in it. */
	runtimeTree?: string;
}

export interface Step {
	/** As in `--without`. */
	name: string;
	/** What holds when it is ok. */
	claim: string;
	run(release: Release): Promise<Finding> | Finding;
}

export function ok(detail: string, lines?: readonly string[]): Finding {
	return { state: 'ok', detail, ...(lines ? { lines } : {}) };
}

export function warning(detail: string, lines?: readonly string[]): Finding {
	return { state: 'warning', detail, ...(lines ? { lines } : {}) };
}

export function failed(detail: string, lines?: readonly string[]): Finding {
	return { state: 'failed', detail, ...(lines ? { lines } : {}) };
}

/** Whether the findings let a release go out. */
export function mayGoOut(findings: readonly Finding[], dryRun: boolean): boolean {
	return findings.every(({ state }) => state === 'ok' || (dryRun && state !== 'failed'));
}
