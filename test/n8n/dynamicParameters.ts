import type { INodeCredentials, INodeListSearchResult, INodePropertyOptions, IDataObject, ResourceMapperFields } from 'n8n-workflow';
import type { Session } from './session';

/** Which method of a node to ask, and with which form filled in. */
export interface DynamicQuestion {
	/** The full node type: package name, dot, node name. */
	readonly type: string;
	readonly typeVersion?: number;
	/** The name under `methods.loadOptions`, `.listSearch` or `.resourceMapping`. */
	readonly method: string;
	readonly parameters?: IDataObject;
	readonly credentials?: INodeCredentials;
	/** What the person typed into a searchable list. */
	readonly filter?: string;
	readonly paginationToken?: string;
}

/** Asks a node for its dynamic lists, as the editor does while a person fills in the form. */
export class DynamicParameters {
	constructor(private readonly session: Session) {}

	/** A drop-down's entries. */
	async options(question: DynamicQuestion): Promise<INodePropertyOptions[]> {
		return await this.ask('options', question);
	}

	/** A searchable list's entries. */
	async search(question: DynamicQuestion): Promise<INodeListSearchResult> {
		return await this.ask('resource-locator-results', question);
	}

	/** The fields of a resource mapper. */
	async fields(question: DynamicQuestion): Promise<ResourceMapperFields> {
		return await this.ask('resource-mapper-fields', question);
	}

	private async ask<T>(kind: string, question: DynamicQuestion): Promise<T> {
		const { type, typeVersion = 1, method, parameters = {}, credentials, filter, paginationToken } = question;
		return await this.session.rest<T>('POST', `/dynamic-node-parameters/${kind}`, {
			nodeTypeAndVersion: { name: type, version: typeVersion },
			path: `parameters.${method}`,
			methodName: method,
			currentNodeParameters: parameters,
			credentials,
			filter,
			paginationToken,
		});
	}
}
