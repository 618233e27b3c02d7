import { join, resolve } from 'node:path';
import type { N8n } from '../n8n/startN8n';

const ROOT = resolve(__dirname, '..', '..');

/** Keeps what the editor shows: in the docs when `UPDATE_DOCS_IMAGES` is set, otherwise beside the tests' other output. */
export async function keepScreenshot(n8n: N8n, name: string): Promise<void> {
	const folder = process.env.UPDATE_DOCS_IMAGES ? join(ROOT, 'docs', 'images') : join(ROOT, '.cache', 'e2e', 'screenshots');
	await n8n.browser.screenshot(join(folder, `${name}.png`));
}
