// Opens the state store of the settings given as JSON, takes what only one may take, and tells what it got.
import { loadFingerprintKey } from '../../../src/store/keys/loadFingerprintKey';
import { openStateStore } from '../../../src/store/openStateStore';
import type { StateStoreSettings } from '../../../src/store/settings';
import { connection } from './samples';

/** What one process tells. */
export interface ProcessReport {
	readonly lease: boolean;
	readonly firstOfOrg: boolean;
	readonly keyId: string;
	readonly key: 'same' | 'changed';
}

async function main([settings, name]: readonly string[]): Promise<void> {
	const parsed = JSON.parse(settings) as StateStoreSettings;
	const store = await openStateStore(parsed, () => new Date('2026-01-01T00:00:00Z'));
	const { id: keyId } = await loadFingerprintKey(parsed);
	const key = await store.keys.recognize(keyId);
	const lease = (await store.leases.acquire('start', name, 60_000)) !== undefined;
	const firstOfOrg = await store.connections.commit({ connections: [{ value: connection(name, { orgId: 'one' }), basedOn: 0 }] });
	await store.connections.commit({ connections: [{ value: connection(`${name} own`), basedOn: 0 }] });
	await store.close();
	const report: ProcessReport = { lease, firstOfOrg, keyId, key };
	process.stdout.write(JSON.stringify(report));
}

void main(process.argv.slice(2));
