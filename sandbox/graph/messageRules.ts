import { GraphRefusal } from './graphError';
import { LIMITS } from './limits';
import type { WritableFileAttachment, WritableMessage } from './messageShape';

/** Rules that Microsoft states in words, beyond the types. */
export function checkMessage(message: WritableMessage): void {
	checkHeaders(message.internetMessageHeaders ?? []);
	checkFlag(message);
	for (const { id } of message.singleValueExtendedProperties ?? []) checkPropertyId(id);
	for (const attachment of message.attachments ?? []) checkAttachment(attachment);
}

/** @cites customHeaders, fiveHeaders */
function checkHeaders(headers: NonNullable<WritableMessage['internetMessageHeaders']>): void {
	if (headers.length > LIMITS.customHeaders) {
		throw new GraphRefusal(
			400,
			'InvalidInternetMessageHeaderCollection',
			'Maximum number of headers in one message should be less than or equal to 5.',
		);
	}
	for (const { name, value } of headers) {
		if (!/^x-[\x21-\x39\x3b-\x7e]+$/i.test(name ?? '')) {
			throw new GraphRefusal(
				400,
				'InvalidInternetMessageHeader',
				`The internet message header name '${name}' should start with 'x-' or 'X-'.`,
			);
		}
		// A line break would begin another header; Microsoft's answer to it is unknown. U
		if (/[\r\n]/.test(value ?? '')) {
			throw new GraphRefusal(
				400,
				'InvalidInternetMessageHeader',
				`The value of the internet message header '${name}' is not valid.`,
			);
		}
	}
}

/** The code of the answer is unconfirmed. @cites followUpFlag */
function checkFlag({ flag }: WritableMessage): void {
	if (!flag?.dueDateTime || flag.startDateTime) return;
	throw new GraphRefusal(
		400,
		'ErrorInvalidRequest',
		"Property 'startDateTime' has to be set when 'dueDateTime' is set.",
	);
}

/**
 * The code of the answer is unconfirmed.
 * @cites propertyIds, deferredThroughDraft, deferredThroughSendMail, sensitivity
 */
function checkPropertyId(id: string): void {
	const format =
		/^(?:Boolean|Binary|CLSID|Currency|Double|Float|Integer|Long|Object|Short|String|SystemTime|ApplicationTime) (?:0x[0-9A-F]+|\{[0-9A-F-]{36}\} (?:Name .+|Id 0x[0-9A-F]+))$/i;
	if (format.test(id)) return;
	throw new GraphRefusal(400, 'ErrorInvalidParameter', `The property id '${id}' is not valid.`);
}

export function checkAttachment({ name, contentBytes }: WritableFileAttachment): void {
	if (typeof name !== 'string' || name === '') {
		throw new GraphRefusal(400, 'ErrorInvalidParameter', "The property 'name' is required.");
	}
	if (typeof contentBytes !== 'string' || !isBase64(contentBytes)) {
		throw new GraphRefusal(
			400,
			'UnableToDeserializePostBody',
			`Cannot convert the property 'contentBytes' of '${name}' to the type Edm.Binary.`,
		);
	}
}

export function isBase64(text: string): boolean {
	return text.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(text);
}
