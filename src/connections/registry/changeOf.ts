import type { Connection, SignIn } from '../../model/connection';
import type { Change, Stored } from '../../model/stateStore';
import type { RegistryChanges } from './registryTypes';

/** What to store so that the record becomes `value`; empty when it is so already. */
export function changeOf<T extends Connection | SignIn>(stored: Stored<T> | undefined, value: T): readonly Change<T>[] {
	if (!stored) return [{ value, basedOn: 0 }];
	return isSame(stored.value, value) ? [] : [{ value, basedOn: stored.version }];
}

/** Both in one commit; `undefined` when there is nothing to store. */
export function changesOf(connections: readonly Change<Connection>[], signIns: readonly Change<SignIn>[]): RegistryChanges | undefined {
	return connections.length + signIns.length === 0 ? undefined : { connections, signIns };
}

/** Whether two records hold the same. */
export function isSame<T extends Connection | SignIn>(one: T, other: T): boolean {
	return (Object.keys(other) as (keyof T)[]).every((key) => JSON.stringify(one[key]) === JSON.stringify(other[key]));
}
