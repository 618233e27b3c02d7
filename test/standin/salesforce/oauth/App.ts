/** A connected app or external client app of one org. */
export interface App {
	readonly clientId: string;
	/** None for a public client. */
	readonly clientSecret?: string;
	readonly name: string;
	/** External client apps know no username-password flow. https://help.salesforce.com/s/articleView?id=xcloud.remoteaccess_disable_username_password_flow_ca.htm */
	readonly kind: 'connectedApp' | 'externalClientApp';
	/** Redirect addresses allowed; empty allows any, which no real app does. */
	readonly callbackUrls: readonly string[];
	readonly rotateRefreshTokens: boolean;
	readonly pkceRequired: boolean;
	readonly scopes: readonly string[];
	/** PEM of an X.509 certificate or a public key that JWT bearer assertions are checked against. */
	readonly certificate?: string;
	/** The user the client credentials flow acts as; without one the flow is not enabled, null is enabled without a user. */
	readonly runAs?: string | null;
	/** Installed or blocked under Connected Apps OAuth Usage. https://help.salesforce.com/s/articleView?id=005132365 */
	readonly installed: boolean;
	readonly blocked: boolean;
	/** "All users may self-authorize" or "Admin approved users are pre-authorized". */
	readonly permittedUsers: 'all' | 'adminApproved';
	/** Addresses that alone may use the app; none given allows every address. */
	readonly ipRanges?: readonly string[];
	/** "Relax IP restrictions": the ranges of profiles do not count. */
	readonly relaxIps: boolean;
	/** When refresh tokens end: after so many days without use, or so many days after the approval. https://help.salesforce.com/s/articleView?id=xcloud.connected_app_limit_idle_ttl.htm */
	readonly refreshTokenLife: { readonly idleDays?: number; readonly days?: number };
}

/** What to set of a new app. */
export type NewApp = Pick<App, 'clientId'> & Partial<App>;

const allScopes = ['api', 'refresh_token', 'offline_access', 'id', 'openid', 'profile', 'email', 'address', 'phone', 'full', 'web'];

/** An app with the defaults for what was left out. */
export const appOf = (wanted: NewApp): App => ({
	name: 'CRM Sync', kind: 'connectedApp', callbackUrls: [], rotateRefreshTokens: false, pkceRequired: false, scopes: allScopes,
	installed: true, blocked: false, permittedUsers: 'all', relaxIps: false, refreshTokenLife: {}, ...wanted,
});
