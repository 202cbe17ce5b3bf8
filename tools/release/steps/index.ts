import type { Step } from '../step';
import { changelog } from './changelog';
import { cleanTree } from './cleanTree';
import { install } from './install';
import { load } from './load';
import { onMain } from './onMain';
import { pack } from './pack';
import { runtimeTree } from './runtimeTree';
import { scripts } from './scripts';
import { audit, licenses, sbom } from './supplyChain';
import { traces } from './traces';

/** All that must hold before a version goes out, in this order. */
export const STEPS: readonly Step[] = [
	cleanTree,
	onMain,
	changelog,
	...scripts,
	pack,
	install,
	traces,
	load,
	runtimeTree,
	audit,
	licenses,
	sbom,
];
