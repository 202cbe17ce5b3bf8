import { readJson } from '../facts/json';
import { readAddressText, isFault, readDomain, type Mailbox } from './address/mailbox';
import { type Fault, type Refusal, type Warning, refusal, warning } from './issues';
import type { AddressField } from './parameters';
import { shapeOf } from './parsed';

/**
 * Who may receive an email at all, for nodes whose recipients come from elsewhere. Both lists must
 * allow a recipient. A list that is set and can't be read allows nobody.
 */
export interface RecipientGuard {
	/** The node's option: not set only if undefined. */
	node?: unknown;
	/** The field of the credential: not set if undefined or empty, as n8n stores it. */
	account?: unknown;
	/** Whether an AI model fills an address field (`$fromAI`). */
	filledByModel?: boolean;
}

/** The addresses of one email, by the field that names them. */
type GuardedRecipients = Partial<
	Record<Exclude<AddressField, 'from'>, ReadonlyArray<Pick<Mailbox, 'address'>>>
>;

export function isGuarded(guard: RecipientGuard): boolean {
	return listsOf(guard).length > 0;
}

/** One refusal for each recipient that a list does not allow, or for a list that cannot be read. */
export function refuseRecipients(recipients: GuardedRecipients, guard: RecipientGuard): Refusal[] {
	return listsOf(guard).flatMap(({ value, place, remedy }) => {
		const { rules, faults } = readRules(value);
		if (faults.length > 0) {
			return faults.map(({ position, entry, fault }) =>
				refusal(
					'allowedRecipients',
					{ cause: `${fault.cause} The list is that ${place}.`, remedy: fault.remedy },
					{
						...(position === undefined ? {} : { position }),
						...(entry === undefined ? {} : { value: entry }),
					},
				),
			);
		}
		return Object.entries(recipients).flatMap(([field, mailboxes]) =>
			mailboxes
				.filter(({ address }) => !rules.some((allows) => allows(address)))
				.map(({ address }) =>
					refusal(
						field as keyof GuardedRecipients,
						{
							cause: `The list of allowed recipients ${place} does not allow this address.`,
							remedy,
						},
						{ value: address },
					),
				),
		);
	});
}

/** An AI model that fills an address field can write to anyone, unless a list says otherwise. */
export function guardWarnings(guard: RecipientGuard): Warning[] {
	if (!guard.filledByModel || isGuarded(guard)) return [];
	return [
		warning(
			'allowedRecipients',
			'An AI model fills the recipients, and no list limits who can receive email. Add the option Allowed Recipients.',
		),
	];
}

interface List {
	value: unknown;
	/** Where the designer finds it. */
	place: string;
	remedy: string;
}

function listsOf({ node, account }: RecipientGuard): List[] {
	const lists: List[] = [];
	if (node !== undefined) {
		lists.push({
			value: node,
			place: 'in the options of this node',
			remedy:
				'Check where the address comes from. If it is right, add it or its domain to Allowed Recipients.',
		});
	}
	if (account !== undefined && account !== '') {
		lists.push({
			value: account,
			place: 'in the credential',
			remedy:
				'Check where the address comes from. If it is right, ask the owner of the credential to add it or its domain to Allowed Recipients there.',
		});
	}
	return lists;
}

type Rule = (address: string) => boolean;

interface RuleFault {
	position?: number;
	entry?: string;
	fault: Fault;
}

/** Entries that are blank are passed over; a list without any other is refused. */
function readRules(value: unknown): { rules: Rule[]; faults: RuleFault[] } {
	const entries = entriesOf(value);
	if (!entries) {
		return { rules: [], faults: [{ fault: notAList(value) }] };
	}
	const rules: Rule[] = [];
	const faults: RuleFault[] = [];
	entries.forEach((text, index) => {
		if (typeof text === 'string' && text.trim() === '') return;
		const rule = typeof text === 'string' ? readRule(text.trim()) : notText(text);
		if (typeof rule === 'function') rules.push(rule);
		else
			faults.push({
				position: index + 1,
				...(typeof text === 'string' ? { entry: text } : {}),
				fault: rule,
			});
	});
	return rules.length + faults.length > 0
		? { rules, faults }
		: { rules, faults: [{ fault: EMPTY_LIST }] };
}

function entriesOf(value: unknown): unknown[] | undefined {
	const shape = typeof value === 'string' ? (readJson(value) ?? value) : value;
	if (Array.isArray(shape)) return shape as unknown[];
	return typeof shape === 'string' ? shape.split(/[,;\r\n]/) : undefined;
}

/**
 * - `contoso.example` or `@contoso.example`: that domain, and no other. Neither a subdomain nor a
 *   longer name that ends or begins alike.
 * - `*.contoso.example`: every subdomain at any depth, not the domain itself.
 * - `jane@contoso.example`: that address. Case does not count; `jane+hr@…` is another address.
 *
 * Internationalized domains are compared in their ASCII form, so that both spellings match.
 */
function readRule(text: string): Rule | Fault {
	const isWildcard = text.startsWith('*.');
	const domainText = isWildcard ? text.slice(2) : text.startsWith('@') ? text.slice(1) : text;
	if (!domainText.includes('@')) {
		const domain = readDomain(domainText);
		if (typeof domain !== 'string') return NOT_A_RULE;
		const ascii = domain.toLowerCase();
		return isWildcard
			? (address) => domainOf(address).endsWith(`.${ascii}`)
			: (address) => domainOf(address) === ascii;
	}
	// An asterisk is a valid local part, and never what is meant here.
	if (text.includes('*')) return NOT_A_RULE;
	const [entry, ...more] = readAddressText(text);
	if (!entry || more.length > 0 || isFault(entry.result) || entry.result.name !== undefined) {
		return NOT_A_RULE;
	}
	const allowed = entry.result.address.toLowerCase();
	return (address) => address.toLowerCase() === allowed;
}

/** A quoted local part may hold an @ sign: the last one counts. */
export function domainOf(address: string): string {
	return address.slice(address.lastIndexOf('@') + 1).toLowerCase();
}

const HOW_TO_WRITE =
	'Write domains or addresses with commas between them, such as contoso.example, *.contoso.example, jane@fabrikam.example. *.contoso.example means its subdomains only.';

const NOT_A_RULE: Fault = {
	cause: 'This entry of the list of allowed recipients is neither a domain nor an address.',
	remedy: HOW_TO_WRITE,
};

const EMPTY_LIST: Fault = {
	cause: 'The list of allowed recipients is empty, so nobody may receive this email.',
	remedy: `${HOW_TO_WRITE} To allow everyone, remove the list.`,
};

function notAList(value: unknown): Fault {
	return {
		cause: `The list of allowed recipients cannot be read: it is ${shapeOf(value)}.`,
		remedy: HOW_TO_WRITE,
	};
}

function notText(value: unknown): Fault {
	return {
		cause: `This entry of the list of allowed recipients is ${shapeOf(value)}.`,
		remedy: HOW_TO_WRITE,
	};
}
