import type { FieldDescription } from '../../model/entity';
import type { Canonical } from './canonical';
import { quoted } from './quoted';

/** No digit can be read in two ways, so that long nonsense is refused as fast as short. */
const PLAIN_NUMBER = /^[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d+)?$/i;

/** A whole number. A fraction is refused: rounding somebody's figure is not ours to do. */
export function canonicalInteger(raw: unknown, field: FieldDescription): Canonical {
	const number = parseNumber(raw);
	if (number === undefined) return notANumber(raw);
	if (!Number.isInteger(number)) return { ok: false, reason: `${quoted(raw)} is not a whole number` };
	if (!Number.isSafeInteger(number)) return { ok: false, reason: `${quoted(raw)} is too large` };
	return withinDigits(number, raw, field.precision, 0);
}

/** A number, rounded to the decimals that the field keeps, as the CRM does when it saves. */
export function canonicalDecimal(raw: unknown, field: FieldDescription): Canonical {
	const number = parseNumber(raw);
	if (number === undefined) return notANumber(raw);
	const scale = field.scale ?? 0;
	if (typeof raw !== 'number' && Math.abs(number) >= Number.MAX_SAFE_INTEGER / 10 ** scale) {
		return { ok: false, reason: `${quoted(raw)} is too large to be sent digit by digit` };
	}
	return withinDigits(field.scale === undefined ? number : roundTo(number, scale), raw, field.precision, scale);
}

/**
 * Rounds half away from zero on the decimal text, as CRMs do; binary rounding would turn 1.005 into 1.
 */
export function roundTo(number: number, scale: number): number {
	const [digits, exponent = '0'] = Math.abs(number).toString().split('e');
	const [whole, fraction = ''] = digits.split('.');
	const surplus = fraction.length - Number(exponent) - scale;
	if (surplus <= 0) return number === 0 ? 0 : number;
	const unit = 10n ** BigInt(surplus);
	const rounded = Number(`${(BigInt(whole + fraction) + unit / 2n) / unit}e${-scale}`);
	return rounded === 0 ? 0 : Math.sign(number) * rounded;
}

function parseNumber(raw: unknown): number | undefined {
	if (typeof raw === 'number') return Number.isFinite(raw) ? raw : undefined;
	if (typeof raw === 'bigint') return finite(Number(raw));
	return typeof raw === 'string' && PLAIN_NUMBER.test(raw.trim()) ? finite(Number(raw.trim())) : undefined;
}

function finite(number: number): number | undefined {
	return Number.isFinite(number) ? number : undefined;
}

function notANumber(raw: unknown): Canonical {
	return { ok: false, reason: `${quoted(raw)} is not a plain number such as 1234.5 (no thousands separators, no currency)` };
}

function withinDigits(number: number, raw: unknown, precision: number | undefined, scale: number): Canonical {
	if (precision !== undefined && precision > 0 && Math.abs(number) >= 10 ** (precision - scale)) {
		return { ok: false, reason: `${quoted(raw)} is too large; the field takes ${precision - scale} digits before the point` };
	}
	return { ok: true, value: number === 0 ? 0 : number };
}
