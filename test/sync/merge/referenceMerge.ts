/** A value, `''` for a blank, `undefined` for absent. */
export type Value = string | undefined;

/** One field with everything that may decide it. */
export interface Field {
	readonly app: Value;
	readonly crm: Value;
	readonly base: 'none' | 'lost' | { readonly app: string; readonly crm: Value; readonly sent?: string; readonly tries?: number; readonly earlier?: readonly string[] };
	readonly direction: 'toCrm' | 'toApp' | 'both';
	readonly conflict: string;
	readonly firstMatch: string;
	readonly blank: 'keep' | 'clear';
	readonly recency: 'app' | 'crm' | 'unknown';
	readonly person?: 'app' | 'crm' | 'leave';
	readonly writable: 'yes' | 'onlyOnCreate' | 'notOnCreate';
	readonly creating: boolean;
	/** What the receiving side says to the value of that side. */
	readonly obstacles: { readonly app?: string; readonly crm?: string };
}

/** What is done, and what is known afterwards; after a write once the CRM has taken it. */
export interface Outcome {
	readonly does: string;
	readonly base: Field['base'];
}

/**
 * The decision tables once more, as one function from the design's sentences. It shares nothing with the engine but the names of holds.
 */
export function referenceMerge(field: Field): Outcome {
	const { app, crm, direction, blank } = field;
	const person = app === undefined || crm === undefined ? undefined : field.person;
	const stored = field.base;
	const unseen = typeof stored === 'object' && stored.sent !== undefined && app !== stored.sent;
	const base = typeof stored === 'object' && stored.sent !== undefined && !unseen ? { app: stored.sent, crm: stored.sent } : stored;
	const echo = typeof base === 'object' && app !== undefined && base.earlier?.includes(app);
	const known = echo ? { app, crm: app } : typeof base === 'object' ? base : undefined;
	const nothing: Outcome = { does: 'nothing', base: stored };
	const now = { app: app ?? known?.app ?? '', crm: crm ?? known?.crm };
	const settled = (does: string): Outcome => ({ does, base: now });
	const held = (why: string): Outcome => ({ does: `hold ${why} and report`, base: stored });

	const appEdited = known !== undefined && app !== undefined && app !== known.app;
	const crmEdited = known !== undefined && crm !== undefined && crm !== known.crm;
	const takenBack = unseen && app === undefined && crm !== undefined && crm !== stored.sent;
	if (!known && (app === undefined || crm === undefined)) return nothing;
	if (appEdited && crm === undefined && unseen) return nothing;
	if (known && !appEdited && !crmEdited && !takenBack) return base === stored ? nothing : settled('nothing');
	if (app === crm) return settled('nothing');

	const judge = (policy: string): string => {
		if (policy === 'preferCrm') return 'crm';
		if (policy === 'preferApp') return 'app';
		if (policy === 'mostRecent') return field.recency === 'app' ? 'app' : 'crm';
		if (policy !== 'fillBlanks') return 'hold';
		return app === '' ? 'crm' : crm === '' ? 'app' : 'leave';
	};
	const firstMeeting = app === '' ? 'crm' : crm === '' ? 'app' : judge(field.firstMatch);
	const policyDecides = known ? appEdited && crmEdited : app !== '' && crm !== '';
	const overruled = policyDecides && !person ? ' and report' : '';
	const byTables = () => (!known ? firstMeeting : appEdited && crmEdited ? judge(field.conflict) : appEdited ? 'app' : 'crm');
	if (base === 'lost' && !person) return held('baseLost');
	const winner = person ?? byTables();
	if (winner === 'leave') return settled(`nothing${overruled}`);
	if (winner === 'hold') return held(known ? 'conflict' : 'firstMatch');

	const value = winner === 'app' ? app : crm;
	const different = known || person || overruled ? ' and report' : '';
	if (winner === 'app') {
		if (direction === 'toApp') return settled(`nothing${different}`);
		if (field.writable === 'onlyOnCreate' && !field.creating) return settled(`nothing${different}`);
		if (field.writable === 'notOnCreate' && field.creating) return { ...nothing, does: `nothing${overruled}` };
	} else if (direction === 'toCrm') return settled(`nothing${different}`);
	if (value === '' && blank === 'keep' && !person) return settled(`nothing${different}`);
	const obstacle = winner === 'app' ? field.obstacles.app : field.obstacles.crm;
	if (obstacle) return held(obstacle);
	if (winner === 'app') return { does: `to CRM${overruled}`, base: { app: now.app, crm: app } };

	const again = unseen && !appEdited && typeof stored === 'object' && stored.sent === crm;
	if (again && app === undefined) return { ...nothing, does: `nothing${overruled}` };
	const tries = typeof stored === 'object' && again ? (stored.tries ?? 0) : 0;
	if (tries >= 3 && !person) return held('notShown');
	const wasSent = typeof stored === 'object' && unseen ? [stored.sent!, ...(stored.earlier ?? [])] : [];
	const earlier = wasSent.filter((value) => value !== crm).slice(0, 3);
	return { does: `to app${overruled}`, base: { app: now.app, crm: known?.crm, sent: crm, tries: person ? 1 : tries + 1, earlier } };
}
