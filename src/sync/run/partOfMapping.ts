import type { Mapping } from '../mapping/mapping';

/** Whether every row of a push stands in the stored mapping, and both match alike: then it may use a part of it. */
export function isPartOf(mapping: Mapping, stored: string): boolean {
	const whole = JSON.parse(stored) as Mapping;
	const rows = new Set(whole.rules.map((rule) => JSON.stringify(rule)));
	return JSON.stringify(whole.matchKey) === JSON.stringify(mapping.matchKey) && mapping.rules.every((rule) => rows.has(JSON.stringify(rule)));
}
