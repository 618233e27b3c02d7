import { inspect } from 'node:util';
import type { FingerprintKey } from '../../../src/model/fingerprint';
import type { CrmValue } from '../../../src/model/record';
import type { Keyring } from '../../../src/sync/base/keyring';
import { compileMapping } from '../../../src/sync/mapping/compileMapping';
import { DEFAULT_RULE, type FieldRule, type Mapping } from '../../../src/sync/mapping/mapping';
import { mergeRecord } from '../../../src/sync/merge/mergeRecord';
import type { FieldHold, FieldVerdict, RecordMerge } from '../../../src/sync/merge/recordMerge';
import type { Recency } from '../../../src/sync/merge/recency';
import { lead } from '../entities';

/** A row in both directions, with the usual policies. */
export function row(appField: string, crmField: string, more: Partial<FieldRule> = {}): FieldRule {
	return { ...DEFAULT_RULE, id: `${appField}-${crmField}`, appField, crmField, ...more };
}

/** A key by its name. */
export function key(id: string): FingerprintKey {
	return { id, secret: new Uint8Array(32).fill(id.length + id.charCodeAt(0)) };
}

/** A mapping of these rows. */
export function mappingOf(rules: readonly FieldRule[], more: Partial<Mapping> = {}): Mapping {
	return { rules, matchKey: { appField: 'email', crmField: 'Email' }, firstMatch: 'preferCrm', timeZone: 'Europe/Vienna', ...more };
}

/** Both records of a linked pair, and what is stored about them; anything may be changed between two runs. */
export class LinkedPair {
	app: Record<string, unknown> = {};
	crm: Record<string, CrmValue> = {};
	base: Uint8Array | undefined;
	keyring: Keyring = { current: key('first'), former: [] };
	recency: Recency = 'unknown';
	/** Whether the app takes what is sent to it. */
	appTakes = true;
	/** What the CRM makes of a value. */
	crmMakes: (value: CrmValue) => CrmValue = (value) => value;
	merge!: RecordMerge;

	constructor(public mapping: Mapping) {}

	/** A pair that has been settled with these values. */
	static settled(app: Record<string, unknown>, crm: Record<string, CrmValue>, ...rules: readonly FieldRule[]): LinkedPair {
		const pair = new LinkedPair(mappingOf(rules));
		pair.app = app;
		pair.crm = crm;
		pair.run();
		return pair;
	}

	/** Merges, carries it out, and says what happened, a short line each. Nothing to say is nothing to do. */
	run(verdicts: readonly FieldVerdict[] = []): string[] {
		const { keyring, app, crm, base, recency } = this;
		const mapping = compileMapping(this.mapping, lead);
		this.merge = mergeRecord({ mapping, keyring, linkId: 'L1', app, crm, base, recency, verdicts });
		const { toCrm, toApp, holds, reports } = this.merge;
		const written = Object.fromEntries(Object.entries(toCrm).map(([name, value]) => [name, this.crmMakes(value)]));
		this.crm = { ...crm, ...written };
		if (this.appTakes) this.app = { ...app, ...toApp };
		this.base = Object.keys(toCrm).length > 0 ? this.merge.baseAfterWrite(written) : (this.merge.base ?? base);
		return [
			...linesOf('CRM', toCrm),
			...linesOf('app', toApp),
			...holds.map(({ crmField, held, appValue, crmValue }) => `hold ${crmField} ${held}: app ${asText(appValue)}, CRM ${asText(crmValue)}`),
			...reports.map(({ crmField, appValue, crmValue }) => `report ${crmField}: app ${asText(appValue)}, CRM ${asText(crmValue)}`),
		];
	}

	/** A person's decision about the only hold. */
	decide(winner: FieldVerdict['winner']): FieldVerdict {
		const [{ ruleId, prints }] = this.merge.holds as [FieldHold];
		return { ruleId, winner, prints };
	}

	/** Why, for the row of that field. */
	why(crmField: string): string {
		return this.merge.explain().find((note) => note.crmField === crmField)!.words;
	}
}

function linesOf(side: string, values: Readonly<Record<string, CrmValue>>): string[] {
	return Object.entries(values).map(([name, value]) => `${side} ${name} = ${JSON.stringify(value)}`);
}

function asText(value: unknown): string {
	return inspect(value, { breakLength: Infinity, compact: true }).replaceAll("'", '"');
}
