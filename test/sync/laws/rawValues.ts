import fc from 'fast-check';
import { lead } from '../entities';

/** Every field that can be written, and the zones that go wrong most easily. */
export const fields = fc.constantFrom(...lead.fields.filter(({ type }) => type !== 'other'));
export const zones = fc.constantFrom('UTC', 'Europe/Vienna', 'Asia/Kathmandu', 'America/St_Johns', 'Pacific/Kiritimati', 'Africa/Monrovia', 'America/Santiago');
const moments = fc.date({ min: new Date('1699-12-30'), max: new Date('4001-01-02'), noInvalidDate: true });
const pieces = fc.array(fc.constantFrom('News', 'offers', 'Events (label)', ' ', '', ';', 'News;Offers'), { maxLength: 4 });

/** Whatever a workflow may send for a field. */
export const raws: fc.Arbitrary<unknown> = fc.oneof(
	fc.string({ unit: 'grapheme', maxLength: 90 }),
	fc.string({ unit: 'binary', maxLength: 20 }),
	fc.emailAddress(),
	fc.double(),
	fc.double({ min: -1e15, max: 1e15 }).map(String),
	fc.tuple(fc.integer(), fc.nat(999_999)).map(([whole, part]) => `${whole}.${part}`),
	fc.maxSafeInteger(),
	fc.bigInt(),
	fc.boolean(),
	moments,
	moments.map((date) => date.toISOString().replace('Z', '')),
	moments.map((date) => date.toISOString().slice(0, 10)),
	moments.map((date) => date.toISOString().replace('Z', '+05:45')),
	fc.constantFrom('9:05', '23:59:59.99', 'yes', 'off', 'media', 'RETAIL (label)', 'Working'),
	pieces,
	pieces.map((parts) => parts.join(';')),
	fc.anything(),
);
