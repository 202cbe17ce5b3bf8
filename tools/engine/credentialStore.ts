import {
	ICredentialsHelper,
	NodeHelpers,
	Workflow,
	type ICredentialDataDecryptedObject,
	type ICredentialType,
	type ICredentials,
	type IHttpRequestOptions,
	type INode,
	type INodeCredentialsDetails,
	type INodeProperties,
	type INodeTypes,
} from 'n8n-workflow';
import { CustomerOutlookOAuth2Api } from '#credentials/CustomerOutlookOAuth2Api.credentials';
import { RoboMqOutlookOAuth2Api } from '#credentials/RoboMqOutlookOAuth2Api.credentials';

const TYPES: Record<string, ICredentialType> = {
	roboMqOutlookOAuth2Api: new RoboMqOutlookOAuth2Api(),
	customerOutlookOAuth2Api: new CustomerOutlookOAuth2Api(),
};

export interface StoredCredential {
	id: string;
	name: string;
	type: string;
	data: ICredentialDataDecryptedObject;
}

/**
 * n8n's credentials, kept in memory instead of in its database. Hidden fields are computed as n8n
 * does it: defaults first, then their expressions over the stored values.
 */
export class CredentialStore extends ICredentialsHelper {
	private readonly stored = new Map<string, StoredCredential>();

	/** How often a renewed token was written back. */
	tokenUpdates = 0;

	add(credential: StoredCredential): INodeCredentialsDetails {
		this.stored.set(credential.id, credential);
		return { id: credential.id, name: credential.name };
	}

	find(id: string | null): StoredCredential {
		const credential = this.stored.get(id ?? '');
		if (!credential) throw new Error(`No credential ${id}`);
		return credential;
	}

	/** What n8n would hand to the node or to its OAuth flow. */
	resolve(id: string | null): ICredentialDataDecryptedObject {
		const { type, data } = this.find(id);
		const { oauthTokenData, ...entered } = data;
		const withDefaults = NodeHelpers.getNodeParameters(
			this.getCredentialsProperties(type),
			entered as never,
			true,
			false,
			null,
			null,
		) as ICredentialDataDecryptedObject;
		const workflow = new Workflow({
			nodes: [RESOLVING_NODE],
			connections: {},
			active: false,
			nodeTypes: NO_NODE_TYPES,
		});
		const resolved = workflow.expression.getComplexParameterValue(
			RESOLVING_NODE,
			withDefaults as never,
			'internal',
			{},
			undefined,
			undefined,
			withDefaults as never,
		) as ICredentialDataDecryptedObject;
		return oauthTokenData === undefined ? resolved : { ...resolved, oauthTokenData };
	}

	getParentTypes(): string[] {
		return ['oAuth2Api'];
	}

	isCredentialUsableByNode(): boolean {
		return true;
	}

	getCredentialsProperties(type: string): INodeProperties[] {
		return TYPES[type]!.properties;
	}

	async getDecrypted(
		_additionalData: unknown,
		{ id }: INodeCredentialsDetails,
		_type: string,
		_mode: unknown,
		_executeData?: unknown,
		raw?: boolean,
	): Promise<ICredentialDataDecryptedObject> {
		return raw ? this.find(id).data : this.resolve(id);
	}

	async updateCredentialsOauthTokenData(
		{ id }: INodeCredentialsDetails,
		_type: string,
		data: ICredentialDataDecryptedObject,
	): Promise<void> {
		this.tokenUpdates += 1;
		const stored = this.find(id);
		stored.data = { ...stored.data, oauthTokenData: data.oauthTokenData! };
	}

	async runPreAuthentication(): Promise<undefined> {
		return undefined;
	}

	async preAuthentication(): Promise<undefined> {
		return undefined;
	}

	async authenticate(): Promise<IHttpRequestOptions> {
		throw new Error('OAuth2 credentials are signed by n8n-core itself');
	}

	async getCredentials(): Promise<ICredentials> {
		throw new Error('Not needed by the engine');
	}

	async updateCredentials(): Promise<void> {
		throw new Error('Not needed by the engine');
	}
}

const RESOLVING_NODE: INode = {
	id: 'resolve',
	name: 'Resolve',
	type: 'resolve',
	typeVersion: 1,
	position: [0, 0],
	parameters: {},
};

const NO_NODE_TYPES = {
	getByName: () => ({ description: { properties: [] } }),
	getByNameAndVersion: () => ({ description: { properties: [] } }),
	getKnownTypes: () => ({}),
} as unknown as INodeTypes;
