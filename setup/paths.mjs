import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of this set-up. */
export const setupDir = path.dirname(fileURLToPath(import.meta.url));

/** The checkout. */
export const rootDir = path.dirname(setupDir);

/** What may be deleted at any time: locks, the demo's and the tests' working folders. */
export const cacheDir = path.join(rootDir, '.cache');
