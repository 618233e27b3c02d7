import type { RefusalStore, SignInRefusal } from '../model/stateStore';
import { checkKeys, storedTime } from './refused';
import type { SqlDatabase } from './sql/sqlDatabase';

/** Refused sign-ins in SQL. */
export class SqlRefusalStore implements RefusalStore {
	constructor(private readonly database: SqlDatabase) {}

	async find(fingerprint: string): Promise<SignInRefusal | undefined> {
		const wanted = this.database.build.selectFrom('refusals').select(['fingerprint', 'refusedAt', 'code', 'words']);
		const [row] = await this.database.rows(wanted.where('fingerprint', '=', fingerprint));
		return row;
	}

	async remember({ fingerprint, refusedAt, code, words }: SignInRefusal): Promise<void> {
		checkKeys({ fingerprint });
		const row = { fingerprint, refusedAt: storedTime(refusedAt, 'time of a refusal'), code, words };
		await this.database.affected(
			this.database.build
				.insertInto('refusals')
				.values(row)
				.onConflict((existing) => existing.column('fingerprint').doUpdateSet(row)),
		);
	}

	async forget(fingerprint: string): Promise<void> {
		await this.database.affected(this.database.build.deleteFrom('refusals').where('fingerprint', '=', fingerprint));
	}
}
