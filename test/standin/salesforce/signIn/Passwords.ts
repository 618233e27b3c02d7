import { createHash } from 'node:crypto';
import type { Row } from '../records/row';
import type { Tables } from '../records/Tables';
import type { Clock } from '../time';
import type { ReasonName } from './reasons';
import type { Lockout } from './SignInPolicy';

/** What a user signs in with; an API client writes the token right behind the password. */
export interface Secrets {
	readonly password: string;
	readonly securityToken: string;
}

interface Kept extends Secrets {
	readonly expired: boolean;
	readonly failures: number;
	readonly lockedUntil: number;
}

/** Passwords and security tokens of one org's users, and what became of them. Locks and freezes stand in UserLogin. */
export class Passwords {
	private readonly kept = new Map<string, Kept>();
	private given = 0;

	constructor(private readonly orgId: string, private readonly tables: Tables, private readonly clock: Clock, private readonly lockout: () => Lockout) {}

	of(userId: string): Secrets {
		const { password, securityToken } = this.find(userId);
		return { password, securityToken };
	}

	/** A new password brings a new security token, ends a lock and an expiry. https://help.salesforce.com/s/articleView?id=sf.user_security_token.htm */
	set(userId: string, { password, securityToken }: Partial<Secrets> = {}): Secrets {
		const fresh = { password: password ?? `Standin-${this.secret().slice(0, 8)}`, securityToken: securityToken ?? this.secret() };
		this.kept.set(userId, { ...fresh, expired: false, failures: 0, lockedUntil: 0 });
		this.mark(userId, { IsPasswordLocked: false });
		return fresh;
	}

	resetToken(userId: string): string {
		const securityToken = this.secret();
		this.change(userId, { securityToken });
		return securityToken;
	}

	expire(userId: string): void {
		this.change(userId, { expired: true });
	}

	isExpired(userId: string): boolean {
		return this.kept.get(userId)?.expired === true;
	}

	unlock(userId: string): void {
		this.change(userId, { failures: 0, lockedUntil: 0 });
		this.mark(userId, { IsPasswordLocked: false });
	}

	freeze(userId: string, frozen: boolean): void {
		this.mark(userId, { IsFrozen: frozen });
	}

	isFrozen(userId: string): boolean {
		return this.row(userId)?.IsFrozen === true;
	}

	/** Why what was typed is refused; undefined when it is right. A trusted caller may leave the security token out. */
	check(userId: string, typed: string, trusted: boolean): ReasonName | undefined {
		const { password, securityToken } = this.find(userId);
		if (this.isLocked(userId)) return 'locked';
		if (typed === password + securityToken || (trusted && typed === password)) {
			this.change(userId, { failures: 0 });
			return undefined;
		}
		if (typed === password) return 'tokenRequired';
		this.countFailure(userId);
		return 'wrongPassword';
	}

	private isLocked(userId: string): boolean {
		if (this.row(userId)?.IsPasswordLocked !== true) return false;
		if (this.clock() < this.find(userId).lockedUntil) return true;
		this.unlock(userId);
		return false;
	}

	private countFailure(userId: string): void {
		const { attempts, minutes } = this.lockout();
		const failures = this.find(userId).failures + 1;
		this.change(userId, { failures });
		if (failures < attempts) return;
		this.change(userId, { lockedUntil: minutes === 0 ? Infinity : this.clock() + minutes * 60_000 });
		this.mark(userId, { IsPasswordLocked: true });
	}

	private find(userId: string): Kept {
		if (!this.kept.has(userId)) this.set(userId);
		return this.kept.get(userId) as Kept;
	}

	private change(userId: string, changes: Partial<Kept>): void {
		this.kept.set(userId, { ...this.find(userId), ...changes });
	}

	private row(userId: string): Row | undefined {
		const [id] = this.tables.idsWith('UserLogin', { field: 'UserId', exact: true }, userId);
		return id === undefined ? undefined : this.tables.get('UserLogin', id);
	}

	private mark(userId: string, changes: Row): void {
		const row = this.row(userId);
		if (row) this.tables.put('UserLogin', { ...row, ...changes });
	}

	/** 24 letters and digits, the same in every run. */
	private secret(): string {
		this.given += 1;
		return createHash('sha512').update(`${this.orgId} secret ${this.given}`).digest('base64').replace(/[^a-zA-Z0-9]/g, '').slice(0, 24);
	}
}
