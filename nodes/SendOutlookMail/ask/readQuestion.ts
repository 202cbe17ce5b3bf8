import { shorten, type Refusal } from '../mail/issues';
import { isBlank, isPlainObject, parseJsonValue, textOf } from '../mail/parsed';
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

/** What a designer gets who changes nothing. */
export const DEFAULT_CHOICES: readonly Choice[] = [
	{ label: 'Approve', value: 'approved', meaning: 'approved' },
	{ label: 'Decline', value: 'declined', meaning: 'declined' },
];

const MOST_CHOICES = 10;
const LONGEST_LABEL = 80;

/** A question, or every reason why it can't be asked. */
export function readQuestion(parameters: QuestionParameters): {
	value?: AskedFor;
	refusals: Refusal[];
} {
	const { timeZone, now, humanReview } = parameters;
	const refusals: Refusal[] = [];
	const freeText = oneOf('responseType', parameters.responseType, RESPONSE_TYPES, refusals);
	const requireComment = oneOf(
		'requireComment',
		parameters.requireComment ?? 'declined',
		REQUIRE_COMMENT,
		refusals,
	);
	const confirmation = oneOf(
		'confirmation',
		parameters.confirmation ?? 'button',
		CONFIRMATIONS,
		refusals,
	);
	const language = oneOf('language', parameters.language ?? 'en', LANGUAGES, refusals);
	const choices = freeText === 'freeText' ? [] : readChoices(parameters.choices, refusals);
	if (humanReview) refuseUnclearReview(choices, refusals);
	const deadline = readDeadline(parameters.deadline, now, refusals);
	if (refusals.length > 0 || !freeText || !requireComment || !confirmation || !language) {
		return { refusals };
	}
	const value = {
		...{ choices, requireComment, confirmation, language, timeZone },
		...(deadline === undefined ? {} : { deadline }),
	};
	return { value, refusals };
}

const RESPONSE_TYPES = ['approval', 'freeText'] as const;
const REQUIRE_COMMENT = ['never', 'declined', 'always'] as const;
const CONFIRMATIONS = ['button', 'code'] as const;
const LANGUAGES = ['en', 'de'] as const;
const MEANINGS: readonly Meaning[] = ['approved', 'declined', 'neither'];

/** The fields as the designer reads them. */
export const QUESTION_FIELDS = {
	responseType: 'Response Type',
	choices: 'Choices',
	requireComment: 'Require Comment',
	confirmation: 'Confirmation',
	deadline: 'Deadline',
	language: 'Language',
} as const;

type QuestionField = keyof typeof QUESTION_FIELDS;

function refuse(
	refusals: Refusal[],
	parameter: QuestionField,
	fault: { cause: string; remedy: string },
	entry: { position?: number; value?: string } = {},
): void {
	const { value, ...position } = entry;
	refusals.push({
		field: QUESTION_FIELDS[parameter],
		parameter,
		...position,
		...(value === undefined ? {} : { value: shorten(value) }),
		...fault,
	});
}

function oneOf<T extends string>(
	parameter: QuestionField,
	value: unknown,
	names: readonly T[],
	refusals: Refusal[],
): T | undefined {
	const name = names.find((candidate) => candidate === value);
	if (name === undefined) {
		refuse(
			refusals,
			parameter,
			{
				cause: `The value is not one of ${names.join(', ')}.`,
				remedy: 'Choose one from the list, or let the expression give one of these words.',
			},
			typeof value === 'string' && value !== '' ? { value } : {},
		);
	}
	return name;
}

function readChoices(value: unknown, refusals: Refusal[]): Choice[] {
	const given = (typeof value === 'string' ? parseJsonValue(value) : undefined) ?? value;
	const list = isPlainObject(given) ? given.choice : given;
	if (list === undefined || list === null || (Array.isArray(list) && list.length === 0)) {
		return [...DEFAULT_CHOICES];
	}
	if (!Array.isArray(list) || list.length > MOST_CHOICES) {
		refuse(refusals, 'choices', {
			cause: Array.isArray(list)
				? `There are ${list.length} choices; a page shows at most ${MOST_CHOICES}.`
				: 'The value is not a list of choices.',
			remedy: `Add one to ${MOST_CHOICES} choices, each with a label, a value and a meaning.`,
		});
		return [];
	}
	const choices = list.map((entry, index) => readOneChoice(entry, index + 1, refusals));
	refuseTwins(choices, refusals);
	return choices;
}

function readOneChoice(entry: unknown, position: number, refusals: Refusal[]): Choice {
	const fields = isPlainObject(entry) ? entry : {};
	const label = textOf(fields.label)?.trim() ?? '';
	const value = isBlank(fields.value) ? label : (textOf(fields.value)?.trim() ?? '');
	const meaning = MEANINGS.find((name) => name === (fields.meaning ?? 'neither'));
	if (label === '' || label.length > LONGEST_LABEL || /[\r\n]/.test(label)) {
		refuse(
			refusals,
			'choices',
			{
				cause: 'The choice has no label that fits on a button.',
				remedy: `Give it a label of 1 to ${LONGEST_LABEL} characters on one line.`,
			},
			{ position },
		);
	}
	if (meaning === undefined) {
		refuse(
			refusals,
			'choices',
			{
				cause: 'The meaning of the choice is not one of approved, declined, neither.',
				remedy: 'Choose what the answer means to the workflow.',
			},
			{ position, value: textOf(fields.meaning) ?? '' },
		);
	}
	return { label, value, meaning: meaning ?? 'neither' };
}

/** Values that the output itself uses for other ends. */
const RESERVED_VALUES = ['noAnswer', 'answered', 'alreadySent', 'preview'];

function refuseTwins(choices: readonly Choice[], refusals: Refusal[]): void {
	choices.forEach(({ label, value }, index) => {
		const before = choices.slice(0, index);
		if (RESERVED_VALUES.includes(value)) {
			refuse(
				refusals,
				'choices',
				{
					cause: 'The node uses this status itself.',
					remedy: 'Give the choice another value.',
				},
				{ position: index + 1, value },
			);
		} else if (before.some((other) => other.value === value || other.label === label)) {
			refuse(
				refusals,
				'choices',
				{
					cause: 'An earlier choice has the same value or label.',
					remedy: 'Give each choice a value and a label of its own.',
				},
				{ position: index + 1, value },
			);
		}
	});
}

/** An agent goes on with exactly one answer. */
function refuseUnclearReview(choices: readonly Choice[], refusals: Refusal[]): void {
	if (choices.filter(({ meaning }) => meaning === 'approved').length === 1) return;
	refuse(refusals, 'choices', {
		cause: 'An AI agent needs exactly one choice that means approved.',
		remedy: 'Set Meaning to Approved for one choice, and to Declined or Neither for the others.',
	});
}

const UNIT_MS: Readonly<Record<string, number>> = {
	minutes: 60_000,
	hours: 3_600_000,
	days: 86_400_000,
};

/** Dates in JavaScript end in the year 275760; a question that waits for years is a mistake. */
const LONGEST_MS = 366 * 86_400_000;

function readDeadline(value: unknown, now: Date, refusals: Refusal[]): string | undefined {
	const given = isPlainObject(value) ? (value.within ?? value) : value;
	if (isBlank(given) || (isPlainObject(given) && Object.keys(given).length === 0)) return undefined;
	const { amount, unit = 'hours' } = isPlainObject(given) ? given : { amount: given };
	const count = typeof amount === 'string' && amount.trim() !== '' ? Number(amount) : amount;
	const unitMs = typeof unit === 'string' ? UNIT_MS[unit] : undefined;
	const waitMs = typeof count === 'number' && unitMs !== undefined ? count * unitMs : Number.NaN;
	if (!(waitMs > 0) || waitMs > LONGEST_MS) {
		refuse(
			refusals,
			'deadline',
			{
				cause: 'The deadline is not a number above zero, of minutes, hours or days, within a year.',
				remedy: 'Enter for example 2 days, or remove the deadline to wait without end.',
			},
			{ value: `${textOf(amount) ?? 'no number'} ${textOf(unit) ?? ''}`.trim() },
		);
		return undefined;
	}
	return new Date(now.getTime() + waitMs).toISOString();
}
