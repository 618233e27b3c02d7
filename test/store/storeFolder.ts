import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A new folder for each test of the file, removed after it; the store's own folder inside it is not made. */
export function storeFolder(): () => string {
	let parent: string;
	beforeEach(() => {
		parent = mkdtempSync(join(tmpdir(), 'crm-sync-store-'));
	});
	afterEach(() => rmSync(parent, { recursive: true }));
	return () => join(parent, '.n8n', 'crm-sync');
}

/** A clock that stands. */
export function clock(): Date {
	return new Date('2026-01-01T00:00:00.000Z');
}
