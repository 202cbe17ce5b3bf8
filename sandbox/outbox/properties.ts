import type { WritableMessage } from '../graph/messageShape';

/** MAPI properties that Outlook reads (MS-OXPROPS: PidTagDeferredSendTime, PidTagSensitivity). */
const DEFERRED_SEND_TIME = 'systemtime 0x3fef';
const SENSITIVITY = 'integer 0x36';
const SENSITIVITIES: readonly string[] = ['normal', 'personal', 'private', 'confidential'];

function property(message: WritableMessage, id: string): string | undefined {
	const found = (message.singleValueExtendedProperties ?? []).find(
		(each) => each.id.toLowerCase() === id,
	);
	return found?.value ?? undefined;
}

export function deferredUntil(message: WritableMessage): string {
	return property(message, DEFERRED_SEND_TIME) ?? '';
}

export function sensitivityOf(message: WritableMessage): string | undefined {
	const value = property(message, SENSITIVITY);
	if (value === undefined || value === '0') return undefined;
	return SENSITIVITIES[Number(value)] ?? `sensitivity ${value}`;
}
