import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { diagnose } from '../../../src/connections/diagnose';
import { evidenceOf } from '../../../src/connections/evidenceOf';
import { requestError } from '../../../src/crm/dynamics/errors/toCrmError';
import { entraFailures, preciseEntraFailures } from '../../../src/crm/dynamics/signIn/entraFailures';
import { CrmError } from '../../../src/model/crmError';

const page = readFileSync(join(__dirname, '..', '..', '..', 'docs', 'credentials.md'), 'utf8');
/** The rows that tell causes by codes of Microsoft, each code for itself; what was entered decides about a Secret ID too. */
const documented = page
	.split('\n')
	.map((line) => line.split('|').slice(1, -1).map((cell) => cell.trim()))
	.filter(([cause, certainty]) => /^(proven|likely|unknown)$/.test(certainty ?? '') && cause !== '`client-secret-id`')
	.flatMap(([cause, , evidence]) => [...evidence.matchAll(/`(AADSTS\d+|0x[0-9a-f]{8})`/g)].map(([, code]) => [code, cause.replaceAll('`', '')] as const));

function failuresOf(code: string): readonly CrmError[] {
	if (code.startsWith('0x')) {
		const asked = (headers: Record<string, string>) => requestError({ status: 403, headers, body: { error: { code, message: 'No.' } } });
		return [asked({}), asked({ 'retry-after': '600' })];
	}
	const number = Number(code.slice('AADSTS'.length));
	const meanings = [entraFailures.get(number), ...(preciseEntraFailures.get(number) ?? []).map(([, meaning]) => meaning)];
	return meanings.flatMap((meaning) => (meaning ? [new CrmError(meaning.kind, { message: meaning.words, reason: meaning.reason, transient: meaning.transient })] : []));
}

describe('the codes of Microsoft on the page about credentials', () => {
	it('are there', () => expect(documented.length).toBeGreaterThan(40));

	it.each(documented)('%s leads to %s', (code, cause) => {
		const told = failuresOf(code).map((error) => diagnose(evidenceOf(error, { step: 'identify', crmName: 'Dynamics 365' })).cause);
		expect(told).toContain(cause);
	});
});
