import { linkPrinter } from '../../../src/sync/base/fingerprint';
import type { Keyring } from '../../../src/sync/base/keyring';
import { openBase } from '../../../src/sync/base/openBase';
import type { SyncLink } from '../../../src/model/syncLink';
import { compileMapping } from '../../../src/sync/mapping/compileMapping';
import { textOf } from '../../../src/sync/merge/lookAtField';
import { lead } from '../entities';
import type { Field } from './events';
import { MAPPING } from './World';

/** An edit that somebody made, or that became visible. */
export interface Edit {
	readonly side: 'app' | 'crm';
	readonly id: string;
	readonly field: Field;
	readonly value: string | null;
	/** A read shows it: the value is another one than what was settled for that side, or is on its way there. */
	readonly news: boolean;
	/** Both sides of the field were settled before. */
	readonly settled: boolean;
}

const { rules } = compileMapping(MAPPING, lead);

/** Judges an edit by the base of the link that its record has, as a read right after it would. */
export function judgedEdit(made: Omit<Edit, 'news' | 'settled'>, links: Iterable<SyncLink>, keyring: Keyring): Edit {
	const { side, id, field, value } = made;
	const link = [...links].find(({ appId, crmId }) => (side === 'app' ? appId : crmId) === id);
	const { tag, readApp, readCrm } = rules.find((one) => one.rule.id === field)!;
	const { key, entries } = openBase(link?.base.length ? link.base : undefined, keyring);
	const base = entries.find((entry) => entry.tag === tag)?.base;
	if (!link || base === undefined || base === 'lost') return { ...made, news: true, settled: false };
	const print = linkPrinter(key, link.id)(tag, textOf(side === 'app' ? readApp(value) : readCrm(value)));
	const known = side === 'app' ? [base.app, base.pending?.print, ...(base.pending?.earlier ?? [])] : [base.crm];
	return { ...made, news: !known.includes(print), settled: true };
}
