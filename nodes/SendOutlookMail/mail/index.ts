export { composeMessage } from './composeMessage';
export { FIELD_NAMES, type MailField } from './fieldNames';
export { LIMITS } from './limits';
export type {
	ComposedMail,
	Composition,
	FieldRefusal,
	MailOptions,
	MailParameters,
	MailWarning,
} from './mail';
