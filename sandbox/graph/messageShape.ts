import Ajv, { type ErrorObject, type ValidateFunction } from 'ajv';
import { GraphRefusal } from './graphError';
import schema from './schema/message.schema.json';
import type { CreateUploadSessionBody, GraphBodies, WritableFileAttachment } from './schema/shapes';

export type {
	GraphBodies,
	SendMailBody,
	WritableFileAttachment,
	WritableMessage,
} from './schema/shapes';

// OData reads the names of an enumeration without regard to case: Microsoft's own samples write
// "HTML", "Text" and "Low" where the metadata has "html", "text" and "low".
const ajv = new Ajv({ strict: false, allErrors: false }).removeKeyword('enum').addKeyword({
	keyword: 'enum',
	validate: (names: readonly unknown[], value: unknown) =>
		names.some((name) => fold(name) === fold(value)),
});

function fold(value: unknown): unknown {
	return typeof value === 'string' ? value.toLowerCase() : value;
}

ajv.addSchema(schema, 'graph');

function compile<Name extends keyof GraphBodies>(name: Name): ValidateFunction<GraphBodies[Name]> {
	const ref = `graph#/definitions/GraphBodies/properties/${name}`;
	return ajv.compile<GraphBodies[Name]>({ $ref: ref });
}

const shapes = {
	sendMail: compile('sendMail'),
	message: compile('message'),
	fileAttachment: compile('fileAttachment'),
	createUploadSession: compile('createUploadSession'),
	reply: compile('reply'),
	forward: compile('forward'),
};

const TYPE_NAMES: Readonly<Record<keyof GraphBodies, string>> = {
	sendMail: 'microsoft.graph.sendMail',
	message: 'microsoft.graph.message',
	fileAttachment: 'microsoft.graph.fileAttachment',
	createUploadSession: 'microsoft.graph.createUploadSession',
	reply: 'microsoft.graph.reply',
	forward: 'microsoft.graph.forward',
};

/** The body as JSON of the wanted shape, or Graph's refusal of it. */
export function readShape<Name extends keyof GraphBodies>(
	name: Name,
	body: Buffer,
): GraphBodies[Name] {
	const value = parse(body);
	const check = shapes[name] as ValidateFunction<GraphBodies[Name]>;
	if (check(value)) return value;
	throw refusalOf(name, check.errors?.[0]);
}

function parse(body: Buffer): unknown {
	try {
		return JSON.parse(body.toString('utf8')) as unknown;
	} catch (cause) {
		if (!(cause instanceof SyntaxError)) throw cause;
		throw new GraphRefusal(
			400,
			'BadRequest',
			'Unable to read JSON request payload. Please ensure Content-Type header is set and payload is of valid JSON format.',
		);
	}
}

function refusalOf(name: keyof GraphBodies, error: ErrorObject | undefined): GraphRefusal {
	const place = error?.instancePath ?? '';
	if (error?.keyword === 'additionalProperties') {
		const property = String((error.params as { additionalProperty: unknown }).additionalProperty);
		return new GraphRefusal(
			400,
			'RequestBodyRead',
			`The property '${property}' does not exist on type '${TYPE_NAMES[name]}' (at '${place}'). Make sure to only use property names that are defined by the type or mark the type as open type.`,
		);
	}
	return new GraphRefusal(
		400,
		'UnableToDeserializePostBody',
		`were unable to deserialize '${place}': ${error?.message ?? 'it is not of the expected type'}`,
	);
}

export type { CreateUploadSessionBody };
export type FileAttachmentBody = WritableFileAttachment;
