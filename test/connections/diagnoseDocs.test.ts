import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { causes } from '../../src/connections/causes';

/** What Check Health reports beside the table of causes: what the registry stops, and rights. */
const beside = ['certificate-expiring', 'not-automatic', 'sign-in-inactive', 'no-read-right', 'no-create-right', 'no-edit-right', 'rights-on-some-records', 'rights-unknown'];

const page = readFileSync(join(__dirname, '..', '..', 'docs', 'credentials.md'), 'utf8');
const rows = page
	.split('\n')
	.filter((line) => /^\| `[\w-]+`(, `[\w-]+`)* \| (proven|likely|unknown) \|/.test(line))
	.map((line) => line.split('|').slice(1, -1).map((cell) => cell.trim()))
	.flatMap(([names, ...cells]) => names.split(', ').map((name) => [name.replaceAll('`', ''), ...cells]));

describe('the page about credentials', () => {
	it('has each cause once, as sure as the code is', () => {
		const documented = rows.filter(([cause]) => !beside.includes(cause)).map(([cause, certainty]) => `${cause}: ${certainty}`);
		expect(documented.sort()).toEqual(causes.map(({ cause, certainty }) => `${cause}: ${certainty}`).sort());
	});

	it('has what is reported beside the table', () => {
		expect(rows.map(([cause]) => cause).filter((cause) => beside.includes(cause)).sort()).toEqual([...beside].sort());
	});

	it('tells of each cause the evidence, the meaning and the next step', () => {
		for (const row of rows) expect(row).toEqual([expect.any(String), expect.any(String), expect.stringMatching(/\w{3}/), expect.stringMatching(/\w{3}/), expect.stringMatching(/\w{3}/)]);
	});

	it('says of each refusal of a password that it is not repeated', () => {
		for (const cause of ['password-refused', 'password-changed', 'password-sign-in-refused']) expect(rows.find(([name]) => name === cause)?.join(' ')).toContain('sent again by itself');
	});
});
