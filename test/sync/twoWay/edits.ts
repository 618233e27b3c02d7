import type { SyncLink } from '../../../src/model/syncLink';
import type { FieldBase } from '../../../src/sync/base/fieldBase';
import { linkPrinter } from '../../../src/sync/base/fingerprint';
import { openBase } from '../../../src/sync/base/openBase';
import type { CompiledRule } from '../../../src/sync/mapping/compiledMapping';
import { compileMapping } from '../../../src/sync/mapping/compileMapping';
import { textOf } from '../../../src/sync/merge/lookAtField';
import { lead } from '../entities';
import { normalised } from './CrmRow';
import { CRM_FIELD, FIELDS, type Field } from './events';
import { MAPPING, type World } from './World';

type Side = 'app' | 'crm';

/** An edit that somebody made, or that became visible. */
export interface Edit {
	readonly side: Side;
	readonly id: string;
	readonly field: Field;
	readonly value: string | null;
	/** What it replaced. */
	readonly before: unknown;
	/** How the first read that showed it found it. */
	read?: {
		/** It is another value than what was settled for that side, or is on its way there. */
		readonly news: boolean;
		/** Both sides of the field had been settled. */
		readonly settled: boolean;
	};
}

const { rules } = compileMapping(MAPPING, lead);

/** All edits of a world, in their order, and which of them a read has shown. */
export class Edits {
	readonly all: Edit[] = [];
	private readonly latest = new Map<string, Edit>();

	constructor(private readonly world: World) {}

	made(edit: Omit<Edit, 'read'>): void {
		const made = { ...edit };
		this.all.push(made);
		this.latest.set(keyOf(edit), made);
	}

	/** A run reads these values. */
	shown(side: Side, id: string, values: Readonly<Record<string, unknown>>): void {
		const unread = FIELDS.flatMap((field) => {
			const edit = this.latest.get(keyOf({ side, id, field }));
			const value = values[side === 'app' ? field : CRM_FIELD[field]];
			return edit && !edit.read && value !== undefined && same(field, value, edit.value) ? [edit] : [];
		});
		if (unread.length === 0) return;
		const link = side === 'app' ? this.linkInApp(id, values) : this.linkInCrm(id);
		for (const edit of unread) edit.read = { news: !link || !this.knows(link, edit.field, edit.value, side), settled: link !== undefined && this.baseOf(link, edit.field) !== undefined };
	}

	/** Its own, or the half of one that the record completes. */
	private linkInApp(id: string, { email }: Readonly<Record<string, unknown>>): SyncLink | undefined {
		const links = [...this.world.memory.contents.links.values()];
		return links.find(({ appId }) => appId === id) ?? links.find((half) => half.appId === null && this.knows(half, 'email', email));
	}

	/** Its own, or that of a record that was merged into it. */
	private linkInCrm(id: string): SyncLink | undefined {
		const own = [...this.world.memory.contents.links.values()].find(({ crmId }) => crmId === id);
		const losers = this.world.crm.rows.filter(({ mergedInto }) => mergedInto === id);
		return own ?? losers.map((row) => this.linkInCrm(row.id)).find((link) => link !== undefined);
	}

	/** That side showed the value when the field was settled, or it is on its way to the app. */
	private knows(link: SyncLink, field: Field, value: unknown, side: Side = 'app'): boolean {
		const base = this.baseOf(link, field);
		if (!base) return false;
		const { tag, readApp, readCrm } = ruleOf(field);
		const print = linkPrinter(openBase(link.base, this.world.keyring).key, link.id)(tag, textOf(side === 'app' ? readApp(value) : readCrm(value as string | null)));
		return (side === 'app' ? [base.app, base.pending?.print, ...(base.pending?.earlier ?? [])] : [base.crm]).includes(print);
	}

	private baseOf({ base }: SyncLink, field: Field): FieldBase | undefined {
		const { tag } = ruleOf(field);
		const found = openBase(base.length > 0 ? base : undefined, this.world.keyring).entries.find((entry) => entry.tag === tag);
		return found && found.base !== 'lost' ? found.base : undefined;
	}
}

function ruleOf(field: Field): CompiledRule {
	return rules.find(({ rule }) => rule.id === field)!;
}

/** What a value counts as, on either side. */
export function same(field: Field, one: unknown, other: unknown): boolean {
	const level = (value: unknown) => normalised(CRM_FIELD[field], (value ?? null) as string | null);
	return level(one) === level(other);
}

function keyOf({ side, id, field }: Pick<Edit, 'side' | 'id' | 'field'>): string {
	return `${side} ${id} ${field}`;
}
