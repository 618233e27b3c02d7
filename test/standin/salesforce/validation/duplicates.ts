import type { DuplicateRule } from '../org/rules';
import { RowError } from '../records/RowError';
import type { Row } from '../records/row';
import type { Writer } from '../records/writer';
import type { Candidate } from './checkRow';
import { liveIdsWith } from './externalKeys';

/** Refuses a record that a duplicate rule finds twice, unless the rule only alerts and the request allows saving. */
export function findDuplicates(writer: Writer, candidate: Candidate): void {
	for (const rule of writer.org.rules.duplicates) {
		if (rule.object.toLowerCase() !== candidate.object.name.toLowerCase()) continue;
		if (candidate.before && !rule.onUpdate) continue;
		if (rule.action === 'Alert' && writer.allowDuplicates) continue;
		const twins = twinsOf(writer, candidate, rule);
		if (twins.length > 0) throw detected(writer, rule, candidate, twins);
	}
}

function twinsOf({ org }: Writer, { object, after }: Candidate, rule: DuplicateRule): Row[] {
	const specs = rule.matchOn.map((name) => org.schema.field(object, name));
	const sets = specs.map((spec) => new Set(spec ? liveIdsWith(org, object, { ...spec, caseSensitive: false }, after[spec.name] ?? null) : []));
	const [first, ...rest] = sets;
	return [...(first ?? [])].filter((id) => id !== after.Id && rest.every((set) => set.has(id))).map((id) => org.tables.get(object.name, id)!);
}

/** https://developer.salesforce.com/docs/atlas.en-us.api.meta/api/sforce_api_objects_duplicateresult.htm */
function detected(writer: Writer, rule: DuplicateRule, { object }: Candidate, twins: readonly Row[]): RowError {
	const message = rule.message ?? 'Use one of these records?';
	const name = rule.name ?? `Standard_${object.name}_Duplicate_Rule`;
	const matchRecords = twins.map((twin) => ({
		additionalInformation: [],
		fieldDiffs: [],
		matchConfidence: 100,
		record: recordOf(writer, object.name, twin),
	}));
	const match = { entityType: object.name, errors: [], matchEngine: 'FuzzyMatchEngine', matchRecords, rule: `Standard_${object.name}_Match_Rule_v1_0`, size: twins.length, success: true };
	return new RowError('DUPLICATES_DETECTED', message, [], {
		allowSave: rule.action === 'Alert', duplicateRule: name, duplicateRuleEntityType: object.name, errorMessage: message, matchResults: [match],
	});
}

function recordOf({ includeDuplicateDetails }: Writer, type: string, twin: Row): object {
	const attributes = { type, url: `/services/data/v67.0/sobjects/${type}/${String(twin.Id)}` };
	return includeDuplicateDetails ? { attributes, ...twin } : { attributes, Id: twin.Id };
}
