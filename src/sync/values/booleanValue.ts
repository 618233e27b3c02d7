import type { Canonical } from './canonical';
import { quoted } from './quoted';

const YES = ['true', 'yes', 'y', 'on', '1', 'checked'];
const NO = ['false', 'no', 'n', 'off', '0', 'unchecked'];

/** A checkbox, from what forms send for one. Anything else is refused rather than guessed: a wrong "no" can end a subscription. */
export function canonicalBoolean(raw: unknown): Canonical {
	if (typeof raw === 'boolean') return { ok: true, value: raw };
	const word = typeof raw === 'string' || typeof raw === 'number' ? String(raw).trim().toLowerCase() : '';
	if (YES.includes(word)) return { ok: true, value: true };
	if (NO.includes(word)) return { ok: true, value: false };
	return { ok: false, reason: `${quoted(raw)} is neither yes nor no` };
}
