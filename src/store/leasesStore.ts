import type { Lease, LeaseStore } from '../model/stateStore';
import { checkKeys, refused } from './refused';
import type { SqlDatabase } from './sql/sqlDatabase';

const MAX_TTL_MS = 24 * 60 * 60 * 1000;

/** Before any time that a clock shows. */
const LONG_AGO = new Date(0).toISOString();

function checkTtl(ttlMs: number): void {
	if (!(ttlMs >= 1 && ttlMs <= MAX_TTL_MS))
		throw refused(`A lease lasts from 1 millisecond to a day, not ${ttlMs} milliseconds.`, 'Ask for a shorter one, and extend it.');
}

/** Leases in SQL: one statement takes one, so that no two processes get it. */
export class SqlLeaseStore implements LeaseStore {
	constructor(
		private readonly database: SqlDatabase,
		private readonly clock: () => Date,
	) {}

	async acquire(scope: string, owner: string, ttlMs: number): Promise<Lease | undefined> {
		checkKeys({ 'lease scope': scope, 'lease owner': owner });
		checkTtl(ttlMs);
		const now = this.clock();
		const expiresAt = new Date(now.getTime() + ttlMs).toISOString();
		const [row] = await this.database.rows(this.taking({ scope, owner, fence: 1, expiresAt }, now.toISOString()));
		return row && { scope, owner, fence: row.fence, expiresAt };
	}

	async isHeld({ scope, owner, fence }: Lease): Promise<boolean> {
		const held = this.database.build
			.selectFrom('leases')
			.select('fence')
			.where('scope', '=', scope)
			.where('owner', '=', owner)
			.where('fence', '=', fence)
			.where('expiresAt', '>', this.clock().toISOString());
		return (await this.database.rows(held)).length > 0;
	}

	/** The row stays, because the fence must go on growing. */
	async release({ scope, owner, fence }: Lease): Promise<void> {
		const given = this.database.build.updateTable('leases').set({ expiresAt: LONG_AGO });
		await this.database.affected(given.where('scope', '=', scope).where('owner', '=', owner).where('fence', '=', fence));
	}

	private taking(lease: Lease, now: string) {
		const { owner, expiresAt } = lease;
		return this.database.build
			.insertInto('leases')
			.values(lease)
			.onConflict((former) =>
				former
					.column('scope')
					.doUpdateSet((is) => ({
						owner,
						expiresAt,
						fence: is
							.case()
							.when(is('leases.expiresAt', '>', now))
							.then(is.ref('leases.fence'))
							.else(is('leases.fence', '+', 1))
							.end(),
					}))
					.where((is) => is.or([is('leases.owner', '=', owner), is('leases.expiresAt', '<=', now)])),
			)
			.returning('fence');
	}
}
