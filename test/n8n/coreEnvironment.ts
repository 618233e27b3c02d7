// Imported before n8n-core, which reads its settings when it is loaded.
import 'reflect-metadata';
import { mkdtempSync, rmSync } from 'node:fs';
import Module from 'node:module';
import { tmpdir } from 'node:os';
import { delimiter, join, resolve } from 'node:path';

/** Where n8n-core keeps its own settings in this process. */
export const coreFolder = mkdtempSync(join(tmpdir(), 'crm-sync-n8n-core-'));
process.once('exit', () => rmSync(coreFolder, { recursive: true, force: true }));

process.env.N8N_USER_FOLDER = coreFolder;
process.env.N8N_ENCRYPTION_KEY ??= 'only for tests';
process.env.N8N_LOG_LEVEL ??= 'silent';

// Packages outside this checkout find n8n-workflow the way n8n lets them.
process.env.NODE_PATH = [resolve(__dirname, '..', '..', 'node_modules'), process.env.NODE_PATH].filter(Boolean).join(delimiter);
(Module as unknown as { _initPaths?: () => void })._initPaths?.();
