import { createHmac } from 'node:crypto';
import type { CrmValue } from '../../model/record';
import { matchKeyOf, storedKeyOf } from '../matchKey';
import type { SyncRun } from '../run/syncRun';
import { canonicalValue } from '../values/canonicalValue';

/** What an unlinked record is matched by. */
export interface RecordKey {
	/** Keyed hash of it: what is remembered. */
	readonly hash: string;
	/** As it is looked for in the CRM. */
	readonly value: CrmValue;
}

/** The match key of a record as the app shows it; `undefined` where it has none that can be looked for. */
export function appKey(values: Readonly<Record<string, unknown>>, run: SyncRun): RecordKey | undefined {
	const { matchKey, timeZone } = run.mapping.mapping;
	const raw = values[matchKey.appField];
	if (raw === undefined) return undefined;
	const canonical = canonicalValue(raw, keyField(run), { timeZone });
	if (!canonical.ok) return undefined;
	const key = matchKeyOf(canonical.value, keyField(run));
	return key === undefined ? undefined : { hash: hashOf(key, run), value: canonical.value };
}

/** The match key of a record as the CRM shows it. */
export function crmKey(values: Readonly<Record<string, CrmValue>>, run: SyncRun): RecordKey | undefined {
	const value = values[run.mapping.mapping.matchKey.crmField];
	const key = storedKeyOf(value, keyField(run));
	return key === undefined ? undefined : { hash: hashOf(key, run), value };
}

function keyField({ mapping, description }: SyncRun) {
	return description.fields.find(({ name }) => name === mapping.mapping.matchKey.crmField)!;
}

function hashOf(key: string, { keyring, sync }: SyncRun): string {
	return createHmac('sha256', keyring.current.secret).update(`match key\n${sync.id}\n${key}`).digest('base64url').slice(0, 22);
}
