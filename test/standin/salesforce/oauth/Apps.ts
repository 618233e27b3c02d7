import { createHash } from 'node:crypto';
import type { Clock } from '../time';
import { appOf, type App, type NewApp } from './App';
import { OAuthError } from './OAuthError';

/** One approval of one app by one user: the refresh token in use and those it replaced. */
export interface Family {
	readonly id: string;
	readonly app: App;
	readonly userId: string;
	readonly scopes: readonly string[];
	refreshToken: string;
	readonly approvedAt: number;
	usedAt: number;
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

const codeLife = 15 * 60_000;
const approvalsPerUserAndApp = 5;
const day = 24 * 60 * 60_000;

/** The apps of one org, the codes they wait for and the approvals they hold. */
export class Apps {
	private readonly apps = new Map<string, App>();
	private readonly codes = new Map<string, Code>();
	private readonly families: Family[] = [];
	private readonly preauthorized = new Set<string>();
	private given = 0;

	/** `onRevoked` ends the sessions of an approval that died. */
	constructor(private readonly orgId: string, private readonly clock: Clock, private readonly onRevoked: (familyId: string) => void) {}

	/** Adds an app, or replaces the one of the same client id; approvals stay. */
	add(app: NewApp): App {
		const full = appOf(app);
		this.apps.set(full.clientId, full);
		return full;
	}

	change(clientId: string, changes: Partial<App>): App {
		const app = this.apps.get(clientId);
		if (!app) throw new Error(`The stand-in org has no app ${clientId}`);
		return this.add({ ...app, ...changes });
	}

	/** Deletes an app with its approvals. https://developer.salesforce.com/docs/atlas.en-us.packagingGuide.meta/packagingGuide/connected_app_uninstall.htm */
	remove(clientId: string): void {
		this.revokeAll({ clientId });
		this.apps.delete(clientId);
	}

	/** A new consumer secret; the old one is dead, refresh tokens live on. https://help.salesforce.com/apex/HTViewHelpDoc?id=connected_app_edit_parent.htm */
	rotateSecret(clientId: string, clientSecret = this.secret('client').toUpperCase()): string {
		this.change(clientId, { clientSecret });
		return clientSecret;
	}

	preauthorize(clientId: string, userId: string): void {
		this.preauthorized.add(`${clientId} ${userId}`);
	}

	isPreauthorized(clientId: string, userId: string): boolean {
		return this.preauthorized.has(`${clientId} ${userId}`);
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
		const family: Family = { id: `F${this.families.length + 1}`, app, userId, scopes, refreshToken: this.newRefreshToken(), approvedAt: this.clock(), usedAt: this.clock(), spent: new Set(), revoked: false };
		this.families.push(family);
		return family;
	}

	/** The newest living approval of an app by a user. */
	approvalOf(clientId: string, userId: string): Family | undefined {
		return this.families.findLast((family) => !family.revoked && family.app.clientId === clientId && family.userId === userId);
	}

	familyOf(refreshToken: string): Family | undefined {
		return this.families.find((family) => family.refreshToken === refreshToken || family.spent.has(refreshToken));
	}

	/** Checks a refresh token; a replayed one of a rotating app ends the whole approval. https://help.salesforce.com/s/articleView?id=sf.remoteaccess_oauth_refresh_token_flow.htm */
	use(refreshToken: string, app: App): Family {
		const family = this.familyOf(refreshToken);
		const expired = new OAuthError('invalid_grant', 'expired access/refresh token');
		if (!family || family.app.clientId !== app.clientId || family.revoked) throw expired;
		if (family.spent.has(refreshToken) || this.isTooOld(family, app)) {
			this.revoke(family);
			throw expired;
		}
		family.usedAt = this.clock();
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

	/** Ends the approvals of an app, of a user, of both, or all there are. */
	revokeAll({ clientId, userId }: { readonly clientId?: string; readonly userId?: string } = {}): void {
		const meant = this.families.filter((family) => (clientId ?? family.app.clientId) === family.app.clientId && (userId ?? family.userId) === family.userId);
		for (const family of meant) this.revoke(family);
	}

	private isTooOld({ approvedAt, usedAt }: Family, { refreshTokenLife: { idleDays = Infinity, days = Infinity } }: App): boolean {
		return this.clock() - usedAt > idleDays * day || this.clock() - approvedAt > days * day;
	}

	private newRefreshToken(): string {
		return `5Aep861${this.secret('refresh')}`;
	}

	private secret(kind: string): string {
		this.given += 1;
		return createHash('sha256').update(`${this.orgId} ${kind} ${this.given}`).digest('hex');
	}
}
