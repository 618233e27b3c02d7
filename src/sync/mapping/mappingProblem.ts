import type { FieldRule, Mapping } from './mapping';

/** What keeps a mapping from working. */
export interface MappingProblem {
	/** The row at fault, if it is one. */
	readonly ruleId?: string;
	/** The field at fault, by the name its side knows it by. */
	readonly field?: string;
	/** The thing and the reason, in one sentence. */
	readonly words: string;
	/** What to do about it, in one sentence. */
	readonly remedy: string;
}

const ARROWS = { toCrm: '→', toApp: '←', both: '↔' } as const;

/** The row as a person finds it: its place, and its two fields. */
export function rowName({ rules }: Mapping, rule: FieldRule): string {
	return `Row ${rules.indexOf(rule) + 1} (${rule.appField} ${ARROWS[rule.direction]} ${rule.crmField})`;
}

/** Whether the row writes on that side. */
export function goesTo({ direction }: FieldRule, side: 'app' | 'crm'): boolean {
	return direction === 'both' || direction === (side === 'crm' ? 'toCrm' : 'toApp');
}
