import './coreEnvironment';
import { LazyPackageDirectoryLoader } from 'n8n-core';
import {
	NodeHelpers,
	type ICredentialType,
	type IDataObject,
	type INodeType,
	type INodeTypes,
	type IVersionedNodeType,
} from 'n8n-workflow';
import { oAuth2ApiParent } from './oauth2ApiParent';
import { asAiTool } from './coreTool';

/** Node types given as objects, by their full name. */
export type ExtraNodeTypes = Readonly<Record<string, INodeType>>;

/** The nodes and credentials of packages, found as n8n finds them. */
export class CorePackages implements INodeTypes {
	private constructor(
		private readonly loaders: readonly LazyPackageDirectoryLoader[],
		private readonly extra: ExtraNodeTypes,
	) {}

	/** Loads built packages with n8n's own loader. */
	static async load(folders: readonly string[], extra: ExtraNodeTypes): Promise<CorePackages> {
		const loaders = folders.map((folder) => new LazyPackageDirectoryLoader(folder));
		for (const loader of loaders) await loader.loadAll();
		return new CorePackages(loaders, extra);
	}

	/** The node type with all its versions. */
	getByName(fullName: string): INodeType | IVersionedNodeType {
		const given = this.extra[fullName];
		if (given) return given;
		const cut = fullName.lastIndexOf('.');
		const loader = this.loaders.find((candidate) => candidate.packageName === fullName.slice(0, cut));
		if (!loader) throw new Error(`no package is loaded that has the node type ${fullName}`);
		return loader.getNode(fullName.slice(cut + 1)).type;
	}

	/** One version of a node type; the name of a node with "Tool" added gives the variant that AI agents call. */
	getByNameAndVersion(fullName: string, version?: number): INodeType {
		if (!fullName.endsWith('Tool') || this.has(fullName)) return NodeHelpers.getVersionedNodeType(this.getByName(fullName), version);
		return asAiTool(NodeHelpers.getVersionedNodeType(this.getByName(fullName.slice(0, -'Tool'.length)), version));
	}

	/** n8n's editor asks for it; nothing here does. */
	getKnownTypes(): IDataObject {
		return {};
	}

	/** A credential type. */
	credentialType(name: string): ICredentialType {
		for (const loader of this.loaders) {
			if (name in loader.known.credentials || name in loader.credentialTypes) return loader.getCredential(name).type;
		}
		if (name === oAuth2ApiParent.name) return oAuth2ApiParent;
		throw new Error(`no package is loaded that has the credential type ${name}`);
	}

	/** The types a credential type extends, and theirs. */
	parentTypes(name: string): string[] {
		const direct = this.credentialType(name).extends ?? [];
		return [...direct, ...direct.flatMap((parent) => this.parentTypes(parent))];
	}

	private has(fullName: string): boolean {
		try {
			this.getByName(fullName);
			return true;
		} catch {
			return false;
		}
	}
}
