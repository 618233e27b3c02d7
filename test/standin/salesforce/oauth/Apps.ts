import { createHash } from 'node:crypto';
import type { Clock } from '../time';
import { OAuthError } from './OAuthError';

/** A connected app or external client app of one org. */
export interface App {
	readonly clientId: string;
	/** None for a public client. */
	readonly clientSecret?: string;
	readonly name: string;
	/** Redirect addresses allowed; empty allows any, which no real app does. */
	readonly callbackUrls: readonly string[];
	readonly rotateRefreshTokens: boolean;
	readonly pkceRequired: boolean;
	readonly scopes: readonly string[];
}

/** What to set of a new app. */
export type NewApp = Pick<App, 'clientId'> & Partial<App>;

/** One approval of one app by one user: the refresh token in use and those it replaced. */
export interface Family {
	readonly id: string;
	readonly app: App;
	readonly userId: string;
	readonly scopes: readonly string[];
	refreshToken: string;
	readonly spent: Set<string>;
	revoked: boolean;
}

/** An authorization code and what it was asked with. */
export interface Code {
	readonly app: App;
	readonly userId: string;
	readonly scopes: readonly string[];
	readonly redirectUri: string;
	readonly challenge?: string;
	readonly expiresAt: number;
	used: boolean;
}

const allScopes = ['api', 'refresh_token', 'offline_access', 'id', 'openid', 'profile', 'email', 'address', 'phone', 'full', 'web'];
const codeLife = 15 * 60_000;
const approvalsPerUserAndApp = 5;

/** The apps of one org, the codes they wait for and the approvals they hold. */
export class Apps {
	private readonly apps = new Map<string, App>();
	private readonly codes = new Map<string, Code>();
	private readonly families: Family[] = [];
	private given = 0;

	/** `onRevoked` ends the sessions of an approval that died. */
	constructor(private readonly orgId: string, private readonly clock: Clock, private readonly onRevoked: (familyId: string) => void) {}

	add(app: NewApp): App {
		const full = { name: 'CRM Sync', callbackUrls: [], rotateRefreshTokens: false, pkceRequired: false, scopes: allScopes, ...app };
		this.apps.set(full.clientId, full);
		return full;
	}

	find(clientId: string | undefined): App | undefined {
		return clientId === undefined ? undefined : this.apps.get(clientId);
	}

	get approvals(): readonly Family[] {
		return this.families;
	}

	openCode(code: Omit<Code, 'expiresAt' | 'used'>): string {
		const text = `aPrx${this.secret('code').slice(0, 60)}==`;
		this.codes.set(text, { ...code, expiresAt: this.clock() + codeLife, used: false });
		return text;
	}

	/** The code when it can still be redeemed; a code works once. */
	redeem(text: string): Code | undefined {
		const code = this.codes.get(text);
		if (!code || code.used || code.expiresAt < this.clock()) return undefined;
		code.used = true;
		return code;
	}

	knowsCode(text: string): boolean {
		return this.codes.has(text);
	}

	/** A new approval; the sixth of one user and app ends the oldest. https://help.salesforce.com/s/articleView?id=sf.remoteaccess_request_manage.htm */
	approve(app: App, userId: string, scopes: readonly string[]): Family {
		const alive = this.families.filter((family) => !family.revoked && family.userId === userId && family.app.clientId === app.clientId);
		for (const oldest of alive.slice(0, Math.max(0, alive.length - approvalsPerUserAndApp + 1))) this.revoke(oldest);
		const family: Family = { id: `F${this.families.length + 1}`, app, userId, scopes, refreshToken: this.newRefreshToken(), spent: new Set(), revoked: false };
		this.families.push(family);
		return family;
	}

	familyOf(refreshToken: string): Family | undefined {
		return this.families.find((family) => family.refreshToken === refreshToken || family.spent.has(refreshToken));
	}

	/** Checks a refresh token; a replayed one of a rotating app ends the whole approval. https://help.salesforce.com/s/articleView?id=sf.remoteaccess_oauth_refresh_token_flow.htm */
	use(refreshToken: string, app: App): Family {
		const family = this.familyOf(refreshToken);
		const expired = new OAuthError('invalid_grant', 'expired access/refresh token');
		if (!family || family.app.clientId !== app.clientId || family.revoked) throw expired;
		if (family.spent.has(refreshToken)) {
			this.revoke(family);
			throw expired;
		}
		if (app.rotateRefreshTokens) {
			family.spent.add(refreshToken);
			family.refreshToken = this.newRefreshToken();
		}
		return family;
	}

	revoke(family: Family): void {
		family.revoked = true;
		this.onRevoked(family.id);
	}

	private newRefreshToken(): string {
		return `5Aep861${this.secret('refresh')}`;
	}

	private secret(kind: string): string {
		this.given += 1;
		return createHash('sha256').update(`${this.orgId} ${kind} ${this.given}`).digest('hex');
	}
}
