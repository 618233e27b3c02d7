import { X509Certificate } from 'node:crypto';
import type { GuidSource } from '../guids';

/** A client secret of an app registration; `id` is what people paste by mistake. */
export interface AppSecret {
	readonly id: string;
	readonly value: string;
	/** Milliseconds since 1970. */
	readonly expiresAt: number;
}

/** What to set of a new app registration. */
export interface NewApp {
	readonly clientId?: string;
	readonly name?: string;
	readonly secrets?: ReadonlyArray<string | { readonly id?: string; readonly value?: string; readonly expiresAt?: number }>;
	/** PEM texts; only the public half is read. */
	readonly certificates?: readonly string[];
	readonly redirectUris?: readonly string[];
	/** `web` must authenticate, `publicClient` must not, a refresh token of `spa` lives for a day. */
	readonly platform?: 'web' | 'spa' | 'publicClient';
	/** Whether an administrator has consented already; true unless told otherwise. */
	readonly consent?: boolean;
	/** Whether people of other tenants may sign in, through /organizations or /common. */
	readonly multiTenant?: boolean;
}

/** An app registration with its service principal in one tenant. */
export interface EntraApp {
	readonly clientId: string;
	/** The object id of the service principal. */
	readonly objectId: string;
	readonly name: string;
	readonly secrets: AppSecret[];
	readonly certificates: X509Certificate[];
	readonly redirectUris: readonly string[];
	readonly platform: 'web' | 'spa' | 'publicClient';
	readonly multiTenant: boolean;
	consent: boolean;
	/** Refused with AADSTS7000112 while true. */
	disabled: boolean;
}

/** A person of a tenant. The switches decide what the sign-in answers from then on, refreshes included. */
export interface EntraUser {
	/** The object id. */
	readonly id: string;
	readonly upn: string;
	readonly name: string;
	disabled: boolean;
	passwordExpired: boolean;
	/** An interactive sign-in satisfies it; a refresh of an older one does not. */
	mfaRequired: boolean;
	blockedByConditionalAccess: boolean;
	/** Refreshes of grants older than this are refused; milliseconds since 1970. */
	sessionsRevokedAt: number;
}

const never = Date.UTC(2299, 11, 31);

/** Makes an app registration; what is not given follows from the ids. */
export function newApp(wanted: NewApp, guids: GuidSource): EntraApp {
	const clientId = wanted.clientId ?? guids.next();
	const secret = (given: NonNullable<NewApp['secrets']>[number]): AppSecret => {
		const { id, value, expiresAt } = typeof given === 'string' ? { value: given } : { id: undefined, value: undefined, expiresAt: undefined, ...given };
		const made = id ?? guids.next();
		return { id: made, value: value ?? `Q~${made.replaceAll('-', '').slice(0, 34)}`, expiresAt: expiresAt ?? never };
	};
	return {
		clientId,
		objectId: guids.next(),
		name: wanted.name ?? 'Test app',
		secrets: (wanted.secrets ?? []).map(secret),
		certificates: (wanted.certificates ?? []).map((pem) => new X509Certificate(pem)),
		redirectUris: wanted.redirectUris ?? [],
		platform: wanted.platform ?? 'web',
		multiTenant: wanted.multiTenant ?? false,
		consent: wanted.consent ?? true,
		disabled: false,
	};
}
