import type { SyncLink } from '../../../src/model/syncLink';
import { same } from './edits';
import type { Story } from './Story';

/** What speaks against the world being in sync, in words; empty if nothing does. */
export function disagreements(story: Story): string[] {
	const { links, holds, deliveries } = story.memory.contents;
	const subjects = new Set([...holds.values()].map(({ subject }) => subject));
	const heldIds = new Set([...holds.values()].flatMap(({ appId, crmId, candidates }) => [appId, crmId, ...candidates]));
	const found: string[] = [];
	for (const link of links.values()) {
		if (link.ended !== null || link.appId === null || link.crmId === null || subjects.has(`link:${link.id}`)) continue;
		if (deliveries.has(link.id)) found.push(`${link.appId} waits for a delivery`);
		found.push(...differences(link, story));
	}
	const byApp = new Set([...links.values()].map(({ appId }) => appId));
	const byCrm = new Set([...links.values()].map(({ crmId }) => crmId));
	for (const id of story.app.records.keys()) if (!byApp.has(id) && !heldIds.has(id) && !heldKeys(story).has(keyOf(story.app.records.get(id)!.email))) found.push(`${id} is neither linked nor held`);
	for (const { id, values } of story.crm.alive) {
		if (values.IsConverted !== true && !byCrm.has(id) && !heldIds.has(id) && !heldKeys(story).has(keyOf(values.Email))) found.push(`${id} is neither linked nor held`);
	}
	return found;
}

function differences({ appId, crmId }: SyncLink, story: Story): string[] {
	const record = story.app.records.get(appId!);
	const row = story.crm.live(crmId!);
	if (!record || !row) return [`${appId} and ${crmId} are linked, but one is gone`];
	return (['name', 'phone', 'email'] as const).flatMap((field) => {
		const shown = row.values[{ name: 'LastName', phone: 'Phone', email: 'Email' }[field]];
		return same(field, record[field], shown) ? [] : [`${field} of ${appId} is ${String(record[field])}, of ${crmId} ${String(shown)}`];
	});
}

/** Match values of app records that wait: what the CRM has under them waits too. */
function heldKeys({ app, memory }: Story): ReadonlySet<string> {
	const ids = [...memory.contents.holds.values()].flatMap(({ appId }) => appId ?? []);
	return new Set(ids.flatMap((id) => (app.records.has(id) ? [keyOf(app.records.get(id)!.email)] : [])));
}

function keyOf(email: unknown): string {
	return String(email ?? '').trim().toLowerCase();
}

/** Links that share an id with another one. */
export function doubleLinks({ memory }: Story): string[] {
	const ids = [...memory.contents.links.values()].flatMap(({ appId, crmId }) => [appId, crmId]).filter((id) => id !== null);
	return ids.filter((id, index) => ids.indexOf(id) !== index);
}

/** Records of one side that stand twice on the other: what was made is known by the id in its note, what was delivered by its id. */
export function madeTwice({ app, crm }: Story): string[] {
	const notes = crm.alive.flatMap(({ values }) => (values.Description === null ? [] : [String(values.Description)]));
	const creates = Map.groupBy(app.received.filter(({ kind }) => kind === 'create'), ({ crmId }) => crmId);
	const several = [...creates].filter(([id, all]) => crm.rows.every((row) => row.id !== id || row.deletedAt === undefined) && new Set(all.map((one) => one.id)).size > 1);
	return [...notes.filter((note, index) => notes.indexOf(note) !== index), ...several.map(([id]) => id)];
}
