import { hash } from 'node:crypto';
import type { FieldDescription } from '../../model/entity';
import type { FieldRule } from './mapping';

/**
 * Names the row together with all that its bases depend on: the two fields, the kind of the CRM's, the transform, and for dates the zone.
 * Direction, policies and the switch are left out: they say what becomes of a change, not what is one.
 */
export function ruleVersion(rule: FieldRule, { type }: FieldDescription, timeZone: string): string {
	const zone = ['date', 'datetime', 'clocktime'].includes(type) ? timeZone : '';
	return hash('sha256', JSON.stringify([rule.id, rule.appField, rule.crmField, type, zone, rule.transform]));
}
