import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';

import { coreFolder } from './coreEnvironment';

/** Gives the package a state store of its own from here on: as in an n8n that was just installed. Returns n8n's user folder. */
export function freshState(): string {
	const folder = mkdtempSync(join(coreFolder, 'state-'));
	process.env.N8N_USER_FOLDER = folder;
	return folder;
}
