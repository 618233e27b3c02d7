import type { FieldDescription } from '../../model/entity';
import type { Canonical } from './canonical';
import { quoted } from './quoted';

const YES = ['true', 'yes', 'y', 'on', '1', 'checked'];
const NO = ['false', 'no', 'n', 'off', '0', 'unchecked'];

/**
 * A checkbox, from what forms send for one, or by what the CRM calls its two values. Anything else is refused rather than guessed, as is
 * a word that means yes to everybody and no to this field: a wrong "no" can end a subscription.
 */
export function canonicalBoolean(raw: unknown, { picklist }: FieldDescription): Canonical {
	if (typeof raw === 'boolean') return { ok: true, value: raw };
	const word = typeof raw === 'string' || typeof raw === 'number' ? String(raw).trim().toLowerCase() : '';
	const named = picklist.filter(({ label, otherLabels = [] }) => [label, ...otherLabels].some((name) => name.trim().toLowerCase() === word)).map(({ value }) => value === 'true');
	const meant = new Set([...named, ...(YES.includes(word) ? [true] : []), ...(NO.includes(word) ? [false] : [])]);
	if (word !== '' && meant.size === 1) return { ok: true, value: meant.has(true) };
	if (meant.size > 1) return { ok: false, reason: `${quoted(raw)} may mean yes and no here; write true or false` };
	return { ok: false, reason: `${quoted(raw)} is neither yes nor no${shown(picklist)}` };
}

function shown(picklist: FieldDescription['picklist']): string {
	const labels = picklist.filter(({ label }) => !['yes', 'no'].includes(label.toLowerCase())).map(({ value, label }) => `${label} (${value})`);
	return labels.length > 0 ? `, nor ${labels.join(' or ')}` : '';
}
