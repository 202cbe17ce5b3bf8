import { definedEntries, readJson } from '../facts/json';
import { refusal, type Refusal } from '../mail/issues';
import { readChoice, readOptionalChoice } from '../mail/options';
import {
	isBlank,
	isPlainObject,
	notSet,
	read,
	refused,
	textOf,
	type Parsed,
	refuse,
} from '../mail/parsed';
import type { Choice, Meaning, Question } from './question';
import type { Language } from './words';

/** The parameters of a question, after expressions: any shape that an expression can give. */
export interface QuestionParameters {
	responseType: unknown;
	/** n8n's fixed collection `{choice: [{label, value, meaning}]}`, or the list alone. */
	choices: unknown;
	requireComment: unknown;
	confirmation: unknown;
	/** n8n's fixed collection `{within: {amount, unit}}`, or `{amount, unit}`. */
	deadline: unknown;
	language: unknown;
	/** An AI agent waits for the answer. */
	humanReview: boolean;
	timeZone: string;
	now: Date;
}

/** What a question asks, before it is known whom and with which message. */
export type AskedFor = Pick<
	Question,
	'choices' | 'requireComment' | 'confirmation' | 'deadline' | 'timeZone'
> & { language: Language };

const MEANINGS: readonly Meaning[] = ['approved', 'declined', 'neither'];

/** A question, or every reason why it can't be asked. */
export function readQuestion(given: QuestionParameters): Parsed<AskedFor> {
	const responseType = readChoice('responseType', given.responseType, ['approval', 'freeText']);
	const comment = readOptionalChoice('requireComment', given.requireComment, [
		'never',
		'declined',
		'always',
	]);
	const confirmation = readOptionalChoice('confirmation', given.confirmation, ['button', 'code']);
	const language = readOptionalChoice('language', given.language, ['en', 'de']);
	const choices = responseType.value === 'freeText' ? read([]) : readChoices(given.choices);
	const deadline = readDeadline(given.deadline, given.now);
	const refusals = [
		...[responseType, comment, confirmation, language, choices].flatMap((part) => part.refusals),
		...(given.humanReview ? refuseUnclearReview(choices.value ?? []) : []),
		...deadline.refusals,
	];
	if (refusals.length > 0) return refused(...refusals);
	return read({
		choices: choices.value ?? [],
		requireComment: comment.value ?? 'declined',
		confirmation: confirmation.value ?? 'button',
		language: language.value ?? 'en',
		timeZone: given.timeZone,
		...definedEntries({ deadline: deadline.value }),
	});
}

/** What a designer gets who changes nothing. */
export const DEFAULT_CHOICES: readonly Choice[] = [
	{ label: 'Approve', value: 'approved', meaning: 'approved' },
	{ label: 'Decline', value: 'declined', meaning: 'declined' },
];

const MOST_CHOICES = 10;
const LONGEST_LABEL = 80;

function readChoices(value: unknown): Parsed<Choice[]> {
	const given = (typeof value === 'string' ? readJson(value) : undefined) ?? value;
	const list = isPlainObject(given) ? given.choice : given;
	if (list === undefined || list === null || (Array.isArray(list) && list.length === 0)) {
		return read([...DEFAULT_CHOICES]);
	}
	if (!Array.isArray(list) || list.length > MOST_CHOICES) {
		const cause = Array.isArray(list)
			? `There are ${list.length} choices; a page shows at most ${MOST_CHOICES}.`
			: 'The value is not a list of choices.';
		const remedy = `Add one to ${MOST_CHOICES} choices, each with a label, a value and a meaning.`;
		return refuse('choices', { cause, remedy });
	}
	const choices: Choice[] = [];
	const refusals = list.flatMap((entry, index) => {
		const { choice, faults } = readOneChoice(entry, choices);
		choices.push(choice);
		return faults.map((fault) => refusal('choices', { ...fault, position: index + 1 }));
	});
	return { value: choices, refusals, warnings: [] };
}

/** Values of `status` that mean something else. */
const RESERVED_VALUES = ['noAnswer', 'answered', 'alreadySent', 'preview'];

function readOneChoice(entry: unknown, before: readonly Choice[]) {
	const fields = isPlainObject(entry) ? entry : {};
	const label = textOf(fields.label)?.trim() ?? '';
	const value = isBlank(fields.value) ? label : (textOf(fields.value)?.trim() ?? '');
	const meaning = MEANINGS.find((name) => name === (fields.meaning ?? 'neither'));
	const faults: Array<{ cause: string; remedy: string; value?: string }> = [];
	if (label === '' || label.length > LONGEST_LABEL || /[\r\n]/.test(label)) {
		faults.push({
			cause: 'The choice has no label that fits on a button.',
			remedy: `Give it a label of 1 to ${LONGEST_LABEL} characters on one line.`,
		});
	}
	if (meaning === undefined) {
		faults.push({
			cause: 'The meaning of the choice is not one of approved, declined, neither.',
			remedy: 'Choose what the answer means to the workflow.',
			value: textOf(fields.meaning) ?? '',
		});
	}
	if (RESERVED_VALUES.includes(value)) {
		faults.push({
			cause: 'The node uses this status itself.',
			remedy: 'Give the choice another value.',
			value,
		});
	} else if (before.some((other) => other.value === value || other.label === label)) {
		faults.push({
			cause: 'An earlier choice has the same value or label.',
			remedy: 'Give each choice a value and a label of its own.',
			value,
		});
	}
	return { choice: { label, value, meaning: meaning ?? 'neither' } satisfies Choice, faults };
}

/** An agent goes on with exactly one answer. */
function refuseUnclearReview(choices: readonly Choice[]): Refusal[] {
	if (choices.filter(({ meaning }) => meaning === 'approved').length === 1) return [];
	return [
		refusal('choices', {
			cause: 'An AI agent needs exactly one choice that means approved.',
			remedy: 'Set Meaning to Approved for one choice, and to Declined or Neither for the others.',
		}),
	];
}

const UNIT_MS: Readonly<Record<string, number>> = {
	minutes: 60_000,
	hours: 3_600_000,
	days: 86_400_000,
};

/** Dates in JavaScript end in the year 275760; a question that waits for years is a mistake. */
const LONGEST_MS = 366 * 86_400_000;

function readDeadline(value: unknown, now: Date): Parsed<string> {
	const given = isPlainObject(value) ? (value.within ?? value) : value;
	if (isBlank(given) || (isPlainObject(given) && Object.keys(given).length === 0)) return notSet();
	const { amount, unit = 'hours' } = isPlainObject(given) ? given : { amount: given };
	const count = typeof amount === 'string' && amount.trim() !== '' ? Number(amount) : amount;
	const unitMs = typeof unit === 'string' ? UNIT_MS[unit] : undefined;
	const waitMs = typeof count === 'number' && unitMs !== undefined ? count * unitMs : Number.NaN;
	if (waitMs > 0 && waitMs <= LONGEST_MS)
		return read(new Date(now.getTime() + waitMs).toISOString());
	return refuse('deadline', {
		cause: 'The deadline is not a number above zero, of minutes, hours or days, within a year.',
		remedy: 'Enter for example 2 days, or remove the deadline to wait without end.',
		value: `${textOf(amount) ?? 'no number'} ${textOf(unit) ?? ''}`.trim(),
	});
}
