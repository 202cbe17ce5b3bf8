import type { Recipient } from '@microsoft/microsoft-graph-types';

import { readAddressField } from './address/addressField';
import { FIELD_NAMES } from './fieldNames';
import { LIMITS } from './limits';
import { type Warning, refusal, warning } from './issues';
import type { Mailbox } from './address/mailbox';
import { type Parsed, isBlank, notSet, read, refused, shapeOf } from './parsed';

type RecipientField = 'to' | 'cc' | 'bcc';

/** Who gets the mail: everybody once, in the first of the three fields that names them. */
export type Recipients = Record<RecipientField, Mailbox[]>;

/**
 * Reads To, CC and BCC together.
 *
 * An empty To is refused even when CC or BCC name somebody. Graph would take such a mail, but in a
 * flow it means that an expression found no address, and the mail would go to the wrong people only.
 */
export function readRecipients(fields: Record<RecipientField, unknown>): Parsed<Recipients> {
	const to = readTo(fields.to);
	const cc = readOptionalList('cc', fields.cc);
	const bcc = readOptionalList('bcc', fields.bcc);
	const refusals = [...to.refusals, ...cc.refusals, ...bcc.refusals];
	const seen: Seen = new Map();
	const warnings: Warning[] = [];
	const recipients: Recipients = {
		to: withoutDuplicates('to', to.value ?? [], seen, warnings),
		cc: withoutDuplicates('cc', cc.value ?? [], seen, warnings),
		bcc: withoutDuplicates('bcc', bcc.value ?? [], seen, warnings),
	};
	if (seen.size > LIMITS.recipients) refusals.push(tooMany(seen.size));
	return { value: recipients, refusals, warnings };
}

/** Reply To: any number of addresses, none if left blank. */
export function readReplyTo(value: unknown): Parsed<Mailbox[]> {
	const list = readOptionalList('replyTo', value);
	const warnings: Warning[] = [];
	const unique = withoutDuplicates('replyTo', list.value ?? [], new Map(), warnings);
	return { ...list, value: unique, warnings };
}

/**
 * From: exactly one address. Left blank it means the linked mailbox, as in other mail nodes; that is
 * worth a warning, since an expression that gave nothing looks the same.
 */
export function readFrom(value: unknown): Parsed<Mailbox> {
	if (value === undefined) return notSet();
	if (isBlank(value)) {
		return notSet([
			warning('from', 'From is blank, so the mail leaves from the linked mailbox itself.'),
		]);
	}
	const { value: mailboxes = [], refusals } = readAddressField('from', value);
	const [mailbox] = mailboxes;
	if (refusals.length > 0) return refused(...refusals);
	if (mailbox && mailboxes.length === 1) return read(mailbox);
	return refused(
		refusal('from', {
			cause: `From takes exactly one address, and ${mailboxes.length} were given.`,
			remedy: 'Name the one mailbox that the mail is to come from.',
		}),
	);
}

export function toRecipient({ address, name }: Mailbox): Recipient {
	return { emailAddress: name === undefined ? { address } : { address, name } };
}

function readTo(value: unknown): Parsed<Mailbox[]> {
	const list = isBlank(value) ? read([]) : readAddressField('to', value);
	if (list.refusals.length > 0 || (list.value ?? []).length > 0) return list;
	return refused(
		refusal('to', {
			cause: `There is no address in To; the value is ${shapeOf(value)}.`,
			remedy:
				'Enter at least one address. If an expression fills the field, check that the item has what it names; to reach people in CC or BCC only, put your own address in To.',
		}),
	);
}

function readOptionalList(parameter: 'cc' | 'bcc' | 'replyTo', value: unknown): Parsed<Mailbox[]> {
	return isBlank(value) ? read([]) : readAddressField(parameter, value);
}

/** From mailbox key to the field that names it first. */
type Seen = Map<string, keyof typeof FIELD_NAMES>;

function withoutDuplicates(
	parameter: RecipientField | 'replyTo',
	mailboxes: Mailbox[],
	seen: Seen,
	warnings: Warning[],
): Mailbox[] {
	return mailboxes.filter((mailbox) => {
		const key = keyOf(mailbox.address);
		const first = seen.get(key);
		if (first === undefined) {
			seen.set(key, parameter);
			return true;
		}
		const where =
			first === parameter ? `twice in ${FIELD_NAMES[parameter]}` : `in ${FIELD_NAMES[first]} too`;
		warnings.push(warning(parameter, `${mailbox.address} stands ${where}; it is used once.`));
		return false;
	});
}

/**
 * What makes two addresses one mailbox. RFC 5321 §2.4 leaves the case of a local part to its host;
 * Exchange and every mail service of note ignore it, and nobody wants the same mail twice.
 */
function keyOf(address: string): string {
	return address.toLowerCase();
}

function tooMany(count: number) {
	return refusal('to', {
		cause: `The mail has ${count} recipients in To, CC and BCC together; Exchange Online takes at most ${LIMITS.recipients}.`,
		remedy: 'Split the list over several mails, or send to a distribution list.',
	});
}
