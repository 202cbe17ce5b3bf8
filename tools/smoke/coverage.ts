import { UNCERTAIN_FACTS, type FactName } from '#sandbox/facts';
import { CHECKED } from './observation';
import { PROBES, REPLY_WITH_BODY } from './probes';
import { TRIALS } from './trials';
import { WATCHES } from './watches';

/** One check of the smoke run, and what it needs. */
export interface SmokeCheck {
	name: string;
	needs: string;
}

/** By which checks the smoke run tries each fact that only Microsoft can settle. */
export function smokeChecks(): Map<FactName, SmokeCheck[]> {
	const checks = new Map<FactName, SmokeCheck[]>(UNCERTAIN_FACTS.map((fact) => [fact, []]));
	const add = (fact: FactName, check: SmokeCheck) => checks.get(fact)?.push(check);
	for (const [check, fact] of Object.entries(CHECKED))
		add(fact, { name: `Check Connection: ${check}`, needs: '–' });
	for (const { name, expects, needs = '–' } of [...TRIALS, ...PROBES, REPLY_WITH_BODY])
		for (const fact of expects) add(fact, { name, needs });
	for (const { name, fact } of WATCHES) add(fact, { name, needs: '–' });
	return checks;
}

/** Facts that no check of the smoke run tries. */
export function untriedFacts(): FactName[] {
	return [...smokeChecks()].filter(([, checks]) => checks.length === 0).map(([fact]) => fact);
}
