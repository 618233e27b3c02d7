import type { FieldNote } from '../../../src/sync/merge/recordMerge';
import { openedReport, sealedReport } from '../../../src/sync/reports/sealedReport';
import { keyOf } from '../twoWay/World';

const of = { syncId: 's', linkId: 'l', at: '2026-01-05T08:00:00.000Z' };

const note = (more: Partial<FieldNote> = {}): FieldNote => ({
	...{ ruleId: 'phone', appField: 'phone', crmField: 'Phone', appValue: 'secret ü', crmValue: null, words: 'Why.' },
	decision: { action: 'toCrm', reason: 'conflict', winner: 'app', policy: 'preferApp', travel: 'sent', base: 'settleWhenWritten', reported: true, tries: 0 },
	...more,
});

const content = (more?: Partial<FieldNote>) => ({ appId: 'A-1', crmId: null, note: note(more) });
const ring = { current: keyOf(1), former: [] };

test('what is sealed is opened again with its key, current or former', () => {
	const report = sealedReport(of, content(), keyOf(1));
	expect(openedReport(report, ring)).toEqual(content());
	expect(openedReport(report, { current: keyOf(2), former: [keyOf(3), keyOf(1)] })).toEqual(content());
	expect([report.keyId, Buffer.from(report.sealed).includes('secret')]).toEqual(['key 1', false]);
});

test('with another key, or one that only has its name, it stays closed', () => {
	const report = sealedReport(of, content(), keyOf(1));
	expect(openedReport(report, { current: keyOf(2), former: [] })).toBeUndefined();
	expect(openedReport(report, { current: { ...keyOf(2), id: 'key 1' }, former: [] })).toBeUndefined();
});

test('damaged, cut off, or put under another id, it stays closed', () => {
	const report = sealedReport(of, content(), keyOf(1));
	for (let at = 0; at < report.sealed.length; at++) {
		const damaged = report.sealed.map((byte, place) => (place === at ? byte ^ 1 : byte));
		expect(openedReport({ ...report, sealed: damaged }, ring)).toBeUndefined();
		expect(openedReport({ ...report, sealed: report.sealed.subarray(0, at) }, ring)).toBeUndefined();
	}
	expect(openedReport({ ...report, id: 'other' }, ring)).toBeUndefined();
});

test('the same decision about the same values has one id, whenever it is made; any other has its own', () => {
	const { id } = sealedReport(of, content(), keyOf(1));
	expect(sealedReport({ ...of, at: 'later' }, content({ words: 'Other words.' }), keyOf(1)).id).toBe(id);
	const others = [
		...[{ ...of, linkId: 'other' }, { ...of, syncId: 'other' }].map((other) => sealedReport(other, content(), keyOf(1))),
		...[{ ruleId: 'x' }, { appValue: 'x' }, { crmValue: 'x' }, { decision: { ...note().decision, winner: 'crm' as const } }].map((more) => sealedReport(of, content(more), keyOf(1))),
		sealedReport(of, content(), keyOf(2)),
	];
	expect(new Set([id, ...others.map((one) => one.id)]).size).toBe(8);
});

test('two contents never share a nonce; the same content gives the same bytes', () => {
	const contents = [content(), content({ words: 'Other words.' }), content({ appValue: 'x' })];
	const nonces = contents.map((one) => Buffer.from(sealedReport(of, one, keyOf(1)).sealed.subarray(0, 12)).toString('hex'));
	expect(new Set(nonces).size).toBe(3);
	expect(sealedReport(of, content(), keyOf(1))).toEqual(sealedReport(of, content(), keyOf(1)));
});
