import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const RULE = /\b[A-Z]\d+\b/g;

test('every rule in docs/sync-rules.md has its scenario, and every scenario its rule', () => {
	const written = readFileSync(join(__dirname, '../../../docs/sync-rules.md'), 'utf8').match(RULE) ?? [];
	const files = readdirSync(__dirname).filter((name) => name.endsWith('.test.ts'));
	const shown = files.flatMap((name) => [...readFileSync(join(__dirname, name), 'utf8').matchAll(/^(?:test|test\.each\(.*\)|\]\))\('([A-Z]\d+) /gm)].map(([, rule]) => rule));
	expect([...new Set(written)].sort()).toEqual(shown.sort());
});
