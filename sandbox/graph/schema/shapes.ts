import type {
	AttachmentItem,
	FileAttachment,
	InternetMessageHeader,
	Message,
	MultiValueLegacyExtendedProperty,
	Recipient,
	SingleValueLegacyExtendedProperty,
} from '@microsoft/microsoft-graph-types';

/**
 * What a client may write of a message: Microsoft's own type without what only the service sets
 * (learn.microsoft.com/graph/api/resources/message, "Properties") and without navigations that a
 * message to be sent does not carry. @cites namesSurvive, importance, receipts, inlineImage
 */
type SetByTheService =
	| 'id'
	| 'bodyPreview'
	| 'changeKey'
	| 'conversationId'
	| 'conversationIndex'
	| 'createdDateTime'
	| 'hasAttachments'
	| 'inferenceClassification'
	| 'internetMessageId'
	| 'isDraft'
	| 'isRead'
	| 'lastModifiedDateTime'
	| 'parentFolderId'
	| 'receivedDateTime'
	| 'sentDateTime'
	| 'uniqueBody'
	| 'webLink';
type Navigation =
	| 'attachments'
	| 'extensions'
	| 'internetMessageHeaders'
	| 'multiValueExtendedProperties'
	| 'singleValueExtendedProperties';

/** The JSON form names the derived type, for the collection is one of `attachment`. */
export interface WritableFileAttachment
	extends Omit<FileAttachment, 'id' | 'lastModifiedDateTime' | 'contentLocation' | 'size'> {
	'@odata.type': '#microsoft.graph.fileAttachment';
	/** Int32 */
	size?: number;
}

export interface WritableMessage extends Omit<Message, SetByTheService | Navigation> {
	'@odata.type'?: '#microsoft.graph.message';
	attachments?: WritableFileAttachment[];
	internetMessageHeaders?: Required<InternetMessageHeader>[];
	singleValueExtendedProperties?: Required<SingleValueLegacyExtendedProperty>[];
	multiValueExtendedProperties?: Required<MultiValueLegacyExtendedProperty>[];
}

/** `POST /me/sendMail` */
export interface SendMailBody {
	message: WritableMessage;
	saveToSentItems?: boolean | null;
}

/** `POST /me/messages/{id}/attachments/createUploadSession` */
export interface CreateUploadSessionBody {
	AttachmentItem: AttachmentItem;
}

/** `POST /me/messages/{id}/reply`, `/replyAll` and `createReply` and `createReplyAll`. */
export interface ReplyBody {
	comment?: string | null;
	message?: WritableMessage;
}

/** `POST /me/messages/{id}/forward` and `createForward`. */
export interface ForwardBody extends ReplyBody {
	toRecipients?: Recipient[];
}

/** Names the roots for the generator. */
export interface GraphBodies {
	sendMail: SendMailBody;
	message: WritableMessage;
	fileAttachment: WritableFileAttachment;
	createUploadSession: CreateUploadSessionBody;
	reply: ReplyBody;
	forward: ForwardBody;
}
