import type { FieldRule, Mapping } from './mapping';
import { goesTo, rowName, type MappingProblem } from './mappingProblem';

/**
 * Rows that carry a value in a circle, so that it would never come to rest: one problem for each circle. A row in both directions is none
 * by itself, because it settles with itself.
 */
export function circlesOf(mapping: Mapping, rules: readonly FieldRule[]): MappingProblem[] {
	const problems: MappingProblem[] = [];
	const seen = new Set<FieldRule>();
	for (const rule of rules) {
		const circle = seen.has(rule) ? undefined : circleFrom(rule, rules);
		if (!circle) continue;
		for (const member of circle) seen.add(member);
		const names = circle.map((member) => rowName(mapping, member)).join(', ');
		const remedy = circle.length === 2 ? 'Use one row in both directions instead.' : 'Switch one of them off.';
		problems.push({ ruleId: rule.id, field: rule.crmField, words: `A value would go in a circle through ${names}.`, remedy });
	}
	return problems;
}

interface Step {
	readonly rule: FieldRule;
	readonly to: 'app' | 'crm';
}

/** Follows a value from the app through this row, breadth first, until it comes back to where it started by other rows. */
function circleFrom(start: FieldRule, rules: readonly FieldRule[]): readonly FieldRule[] | undefined {
	if (!goesTo(start, 'crm')) return undefined;
	const cameBy = new Map<string, readonly FieldRule[]>();
	const open: (readonly [Step, readonly FieldRule[]])[] = [[{ rule: start, to: 'crm' }, [start]]];
	for (let next = open.shift(); next; next = open.shift()) {
		const [step, way] = next;
		if (step.to === 'app' && step.rule.appField === start.appField) return way;
		const reached = `${step.to} ${step.to === 'crm' ? step.rule.crmField : step.rule.appField}`;
		if (cameBy.has(reached)) continue;
		cameBy.set(reached, way);
		for (const onward of onwardFrom(step, rules)) if (!way.includes(onward.rule)) open.push([onward, [...way, onward.rule]]);
	}
	return undefined;
}

function onwardFrom({ rule, to }: Step, rules: readonly FieldRule[]): Step[] {
	if (to === 'crm') return rules.filter((other) => other.crmField === rule.crmField && goesTo(other, 'app')).map((other) => ({ rule: other, to: 'app' }));
	return rules.filter((other) => other.appField === rule.appField && goesTo(other, 'crm')).map((other) => ({ rule: other, to: 'crm' }));
}
