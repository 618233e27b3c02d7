import type { Row } from '../records/row';
import { toWireDateTime } from '../time';
import type { OrgContext } from './OrgContext';
import { seedInsert, seedUpdate, type Seed } from './seeding';

/**
 * A transaction that is under way: what is saved in it bears the time when it was saved, and nobody sees it before the end. A real org
 * would keep others from changing the same records meanwhile; here a test has to.
 */
export class OpenSave {
	private readonly saved: Array<() => Row> = [];

	/** `beganAt` in milliseconds since 1970. */
	constructor(private readonly org: OrgContext, readonly beganAt: number, private readonly ended: (save: OpenSave) => void) {}

	insert(object: string, seed: Seed): void {
		const stamps = this.stamps();
		this.saved.push(() => seedInsert(this.org, object, { ...seed, ...stamps, CreatedDate: stamps.SystemModstamp }));
	}

	update(object: string, id: string, seed: Seed): void {
		const stamps = this.stamps();
		this.saved.push(() => seedUpdate(this.org, object, id, { ...seed, ...stamps }));
	}

	remove(object: string, id: string): void {
		this.update(object, id, { IsDeleted: true });
	}

	/** Makes everything visible at once; answers the rows in the order in which they were saved. */
	commit(): readonly Row[] {
		this.ended(this);
		return this.saved.splice(0).map((write) => write());
	}

	private stamps() {
		const now = toWireDateTime(this.org.clock());
		return { LastModifiedDate: now, SystemModstamp: now };
	}
}
