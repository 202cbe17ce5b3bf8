import { domainOf, readAddressText, isFault, readDomain, type Mailbox } from './address/mailbox';
import { type EntryFault, type Refusal, type Warning, refusal, warning } from './issues';
import type { AddressField, Options } from './parameters';
import { listOf, shapeOf } from './parsed';

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

export function guardOf(options: Options, account: unknown): RecipientGuard {
	// Set, and an expression gave nothing: a list that cannot be read, not no list.
	const node = 'allowedRecipients' in options ? (options.allowedRecipients ?? null) : undefined;
	return { account, node };
}

export function isGuarded(guard: RecipientGuard): boolean {
	return listsOf(guard).length > 0;
}

/** One refusal for each recipient that a list does not allow, or for a list that cannot be read. */
export function refuseRecipients(recipients: GuardedRecipients, guard: RecipientGuard): Refusal[] {
	return listsOf(guard).flatMap(({ value, place, remedy }) => {
		const { rules, faults } = readRules(value);
		if (faults.length > 0) {
			return faults.map(({ cause, remedy: howToWrite, ...entry }) =>
				refusal('allowedRecipients', {
					cause: `${cause} The list is that ${place}.`,
					remedy: howToWrite,
					...entry,
				}),
			);
		}
		return Object.entries(recipients).flatMap(([field, mailboxes]) =>
			mailboxes
				.filter(({ address }) => !rules.some((allows) => allows(address)))
				.map(({ address }) =>
					refusal(field as keyof GuardedRecipients, {
						cause: `The list of allowed recipients ${place} does not allow this address.`,
						remedy,
						value: address,
					}),
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

/** The lists that are set, and where the designer finds them. */
function listsOf({ node, account }: RecipientGuard) {
	return [
		{
			value: node,
			place: 'in the options of this node',
			remedy:
				'Check where the address comes from. If it is right, add it or its domain to Allowed Recipients.',
		},
		{
			value: account === '' ? undefined : account,
			place: 'in the credential',
			remedy:
				'Check where the address comes from. If it is right, ask the owner of the credential to add it or its domain to Allowed Recipients there.',
		},
	].filter(({ value }) => value !== undefined);
}

type Rule = (address: string) => boolean;

/** Entries that are blank are passed over; a list without any other is refused. */
function readRules(value: unknown): { rules: Rule[]; faults: EntryFault[] } {
	if (typeof value !== 'string' && !Array.isArray(value)) {
		const cause = `The list of allowed recipients cannot be read: it is ${shapeOf(value)}.`;
		return { rules: [], faults: [{ cause, remedy: HOW_TO_WRITE }] };
	}
	const rules: Rule[] = [];
	const faults: EntryFault[] = [];
	listOf(value, /[,;\r\n]/).forEach((entry, index) => {
		const text = typeof entry === 'string' ? entry.trim() : undefined;
		if (text === '') return;
		const rule = text === undefined ? undefined : readRule(text);
		if (rule) rules.push(rule);
		else {
			faults.push({
				cause:
					text === undefined
						? `This entry of the list of allowed recipients is ${shapeOf(entry)}.`
						: 'This entry of the list of allowed recipients is neither a domain nor an address.',
				remedy: HOW_TO_WRITE,
				position: index + 1,
				value: text,
			});
		}
	});
	return rules.length + faults.length > 0 ? { rules, faults } : { rules, faults: [EMPTY_LIST] };
}

/**
 * - `contoso.example` or `@contoso.example`: that domain, and no other. Neither a subdomain nor a
 *   longer name that ends or begins alike.
 * - `*.contoso.example`: every subdomain at any depth, not the domain itself.
 * - `jane@contoso.example`: that address. Case does not count; `jane+hr@…` is another address.
 *
 * Internationalized domains are compared in their ASCII form, so that both spellings match. Undefined
 * for anything else.
 */
function readRule(text: string): Rule | undefined {
	const isWildcard = text.startsWith('*.');
	const domainText = text.replace(/^(?:\*\.|@)/, '');
	if (!domainText.includes('@')) {
		const domain = readDomain(domainText);
		if (typeof domain !== 'string') return undefined;
		const ascii = domain.toLowerCase();
		return isWildcard
			? (address) => domainOf(address).endsWith(`.${ascii}`)
			: (address) => domainOf(address) === ascii;
	}
	// An asterisk is a valid local part, and never what is meant here.
	if (text.includes('*')) return undefined;
	const [entry, ...more] = readAddressText(text);
	if (!entry || more.length > 0 || isFault(entry.result) || entry.result.name !== undefined) {
		return undefined;
	}
	const allowed = entry.result.address.toLowerCase();
	return (address) => address.toLowerCase() === allowed;
}

const HOW_TO_WRITE =
	'Write domains or addresses with commas between them, such as contoso.example, *.contoso.example, jane@fabrikam.example. *.contoso.example means its subdomains only.';

const EMPTY_LIST: EntryFault = {
	cause: 'The list of allowed recipients is empty, so nobody may receive this email.',
	remedy: `${HOW_TO_WRITE} To allow everyone, remove the list.`,
};
