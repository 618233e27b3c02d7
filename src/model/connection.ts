import type { CrmKind } from './crmAdapter';

/** `active` or `paused`: only a person changes it. A paused connection is not called at all. */
export type ConnectionStatus = 'active' | 'paused';

/** One registered org or environment. There is one per org in a state store, however many credentials reach it. */
export interface Connection {
	/** Our own id; never changes, also over a deletion and a return. */
	readonly id: string;
	readonly crm: CrmKind;
	/** The CRM's id of the org or environment, in its canonical form. Unique together with `crm`. */
	readonly orgId: string;
	/** The org's name unless a person gave another one. */
	readonly name: string;
	readonly description: string;
	/** As the CRM last said. */
	readonly orgName: string;
	readonly edition: string;
	/** As the CRM itself says, never guessed from a URL. */
	readonly sandbox: boolean;
	/** Origin of the org's API host. */
	readonly instanceUrl: string;
	readonly status: ConnectionStatus;
	/** Since when it has that status; ISO 8601, UTC, as all times in the store. */
	readonly statusSince: string;
	/** Off: scheduled, triggered and polled runs do nothing and say so; runs that a person starts work. */
	readonly runAutomatically: boolean;
	/** Share of the org's daily API calls that we allow ourselves, 1 to 100; `null` for no limit of our own. */
	readonly apiBudgetPercent: number | null;
	readonly registeredAt: string;
	/** When a person deleted it; its settings, history and links stay, and come back with the next use. */
	readonly deletedAt: string | null;
}

/** `well`: it worked when last used. `inactive`: the CRM refused it, and a person must act. A CRM out of reach changes neither. */
export type SignInStatus = 'well' | 'inactive';

/** Why a sign-in is inactive, in words for the person who must act. Holds no secret and no personal data. */
export interface SignInCause {
	/** Stable name, as in the table of causes (`password-refused`). */
	readonly cause: string;
	readonly certainty: 'proven' | 'likely' | 'unknown';
	readonly words: string;
	readonly whatToDo: string;
	readonly code: string | null;
}

/** Another org than the registered one that a credential was found to reach; nothing runs until a person confirms it. */
export interface OtherOrg {
	readonly orgId: string;
	/** Empty as long as nobody asked the org for its name. */
	readonly orgName: string;
	readonly noticedAt: string;
}

/** One n8n credential as it reaches one connection. The user, health and cause live here, because several credentials may reach one org. */
export interface SignIn {
	/** n8n's id of the credential; unique in the store. */
	readonly credentialId: string;
	readonly credentialType: string;
	/** As it was called when last used. */
	readonly credentialName: string;
	readonly connectionId: string;
	/** The CRM's id of the signed-in user. Names and addresses of people are never stored. */
	readonly userId: string;
	readonly status: SignInStatus;
	readonly statusSince: string;
	/** Present while `inactive`. */
	readonly cause: SignInCause | null;
	/** When it last worked; `null` if it never did. */
	readonly lastWellAt: string | null;
	/** Since when the CRM has given no answer; `null` as soon as it answers, whatever it says. */
	readonly unreachableSince: string | null;
	/** Keyed fingerprint of the credential's content when it was last tried: tells whether somebody changed it since. */
	readonly credentialFingerprint: string;
	/** When an inactive sign-in was last tried, and how often in vain since it became inactive. */
	readonly lastTriedAt: string | null;
	readonly failedTries: number;
	readonly otherOrg: OtherOrg | null;
}
