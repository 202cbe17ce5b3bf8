import type { INodeProperties } from 'n8n-workflow';
import { applicationField } from './application';
import { mailFields } from './mail';
import { operationField } from './operation';
import { optionsField } from './options';
import { questionFields } from './sendAndWait';

/** Everything that a designer sees in the node, from top to bottom. */
export const fields: INodeProperties[] = [
	applicationField,
	operationField,
	...mailFields,
	optionsField,
	...questionFields,
];
