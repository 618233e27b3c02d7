import {
	ICredentialsHelper,
	isExpression,
	NodeHelpers,
	Workflow,
	type ICredentialDataDecryptedObject,
	type ICredentials,
	type IHttpRequestHelper,
	type IHttpRequestOptions,
	type INode,
	type INodeCredentialsDetails,
	type INodeProperties,
	type INodeType,
	type IRequestOptionsSimplified,
	type IWorkflowExecuteAdditionalData,
} from 'n8n-workflow';
import type { CorePackages } from './corePackages';

/** What is stored for each credential, by its id. The runner changes it as n8n changes its database. */
export type CredentialStore = Record<string, ICredentialDataDecryptedObject>;

/** Hidden fields of OAuth2 credentials whose stored value n8n ignores, so that a new version of a package can change them. */
const PINNED = ['useDynamicClientRegistration', 'authUrl', 'accessTokenUrl', 'grantType', 'authentication', 'usePkce'];

const mockNode: INode = { id: 'credential', name: 'Credential', type: 'mock', typeVersion: 1, position: [0, 0], parameters: {} };
const mockType = { description: { properties: [] } } as unknown as INodeType;
const mockTypes = { getByName: () => mockType, getByNameAndVersion: () => mockType, getKnownTypes: () => ({}) };

/** n8n's credentials without its database: defaults, hidden fields, expressions, renewal and what is stored afterwards. */
export class CoreCredentials extends ICredentialsHelper {
	constructor(
		private readonly packages: CorePackages,
		private readonly store: CredentialStore,
	) {
		super();
	}

	getParentTypes(name: string): string[] {
		return this.packages.parentTypes(name);
	}

	isCredentialUsableByNode(): boolean {
		return true;
	}

	getCredentialsProperties(type: string): INodeProperties[] {
		const { extends: parents = [], properties } = this.packages.credentialType(type);
		const merged: INodeProperties[] = [];
		for (const parent of parents) NodeHelpers.mergeNodeProperties(merged, this.getCredentialsProperties(parent));
		NodeHelpers.mergeNodeProperties(merged, properties);
		return merged;
	}

	async getCredentials(): Promise<ICredentials> {
		throw new Error('the runner has no encrypted credentials');
	}

	async getDecrypted(
		_data: IWorkflowExecuteAdditionalData,
		credential: INodeCredentialsDetails,
		type: string,
		_mode?: unknown,
		_execution?: unknown,
		raw?: boolean,
	): Promise<ICredentialDataDecryptedObject> {
		const stored = this.stored(credential, type);
		return raw ? { ...stored } : await this.resolve(type, stored);
	}

	async updateCredentials(credential: INodeCredentialsDetails, type: string, data: ICredentialDataDecryptedObject): Promise<void> {
		this.stored(credential, type);
		this.store[credential.id ?? type] = { ...data };
	}

	async updateCredentialsOauthTokenData(
		credential: INodeCredentialsDetails,
		type: string,
		{ oauthTokenData }: ICredentialDataDecryptedObject,
	): Promise<void> {
		this.store[credential.id ?? type] = { ...this.stored(credential, type), oauthTokenData };
	}

	async authenticate(
		data: ICredentialDataDecryptedObject,
		type: string,
		options: IHttpRequestOptions | IRequestOptionsSimplified,
		workflow: Workflow,
		node: INode,
	): Promise<IHttpRequestOptions> {
		const request = options as IHttpRequestOptions & Record<string, Record<string, unknown>>;
		const { authenticate } = this.packages.credentialType(type);
		if (typeof authenticate === 'function') return await authenticate(data, request);
		const resolve = (value: string) =>
			isExpression(value)
				? String(workflow.expression.getSimpleParameterValue(node, value, 'internal', { $credentials: data }, undefined, '') ?? '')
				: value;
		for (const [part, fields] of Object.entries(authenticate?.properties ?? {})) {
			for (const [name, value] of Object.entries(fields as Record<string, string>)) (request[part] ??= {})[resolve(name)] = resolve(value);
		}
		return request;
	}

	async preAuthentication(
		helpers: IHttpRequestHelper,
		data: ICredentialDataDecryptedObject,
		type: string,
		node: INode,
		expired: boolean,
	): Promise<ICredentialDataDecryptedObject | undefined> {
		const { properties, preAuthentication } = this.packages.credentialType(type);
		const token = properties.find((property) => property.type === 'hidden' && property.typeOptions?.expirable === true);
		if (!token || !preAuthentication || (data[token.name] !== '' && !expired)) return undefined;
		const output = await preAuthentication.call(helpers, data);
		const credential = node.credentials?.[type];
		if (output[token.name] === undefined || !credential) return undefined;
		await this.updateCredentials(credential, type, { ...this.stored(credential, type), ...(output as ICredentialDataDecryptedObject) });
		return Object.assign(data, output);
	}

	async runPreAuthentication(
		helpers: IHttpRequestHelper,
		data: ICredentialDataDecryptedObject,
		type: string,
	): Promise<ICredentialDataDecryptedObject | undefined> {
		return (await this.packages.credentialType(type).preAuthentication?.call(helpers, data)) as ICredentialDataDecryptedObject | undefined;
	}

	private stored({ id }: INodeCredentialsDetails, type: string): ICredentialDataDecryptedObject {
		const data = this.store[id ?? type];
		if (!data) throw new Error(`the test gave no credential "${id ?? type}" of type ${type}`);
		return data;
	}

	private async resolve(type: string, stored: ICredentialDataDecryptedObject): Promise<ICredentialDataDecryptedObject> {
		const properties = this.getCredentialsProperties(type);
		const hidden = new Set(properties.filter((property) => property.type === 'hidden').map((property) => property.name));
		const kept = Object.fromEntries(Object.entries(stored).filter(([name]) => !(PINNED.includes(name) && hidden.has(name))));
		const filled = NodeHelpers.getNodeParameters(properties, kept as never, true, false, null, null) as ICredentialDataDecryptedObject;
		if (stored.oauthTokenData !== undefined) filled.oauthTokenData = stored.oauthTokenData;
		const { expression } = new Workflow({ nodes: [mockNode], connections: {}, active: false, nodeTypes: mockTypes });
		await expression.acquireIsolate();
		try {
			return expression.getComplexParameterValue(
				mockNode,
				filled as never,
				'internal',
				{},
				undefined,
				undefined,
				filled,
			) as ICredentialDataDecryptedObject;
		} finally {
			await expression.releaseIsolate();
		}
	}
}
