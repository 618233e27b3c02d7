import { CrmError } from '../../model/crmError';
import type { Mapping } from '../mapping/mapping';
import { isPartOf } from './partOfMapping';
import { readInput } from './readInput';
import type { Lease } from '../../model/stateStore';
import type { StoredSync } from '../../model/syncState';
import { ChangePages } from '../cursor/ChangePages';
import { checkMapping } from '../mapping/checkMapping';
import { compileMapping } from '../mapping/compileMapping';
import { isAbsenceReleased } from './compareAbsent';
import { canEndDoubt } from './doubt';
import { openGuard } from '../guards/openGuard';
import { PreviewState } from './PreviewState';
import type { SyncRequest, SyncRun } from './syncRun';

/**
 * Opens the sync: what is remembered of it, whether that can be trusted, and where the reading of changes begins.
 *
 * @throws CrmError `validation` when another mapping is stored and this one was not adopted.
 */
export async function openRun(request: SyncRequest, lease: Lease): Promise<SyncRun> {
	const { state, settings, keyring, changes, description } = request;
	const stored = await state.find(settings.scope);
	const isPart = stored !== undefined && isPartOf(settings.mapping, stored.mapping) && !settings.readChanges;
	const whole = isPart ? (JSON.parse(stored.mapping) as Mapping) : settings.mapping;
	const mapping = checked(whole, request);
	const written = JSON.stringify(whole);
	if (stored && stored.mapping !== written && !settings.adoptMapping) throw otherMapping(settings.scope.appName);
	const inDoubt = stored !== undefined && (stored.inDoubt || stored.runs < settings.runsKnown || !keysOf(keyring).includes(stored.keyId));
	const isFull = settings.readChanges && request.input.mode === 'all';
	const unread = stored?.unread ?? false;
	const crmWaits = unread && !isFull;
	const isListed = settings.readChanges && !crmWaits && (!inDoubt || (await canEndDoubt(request, stored.id)));
	const lookAtAll = settings.fullCompare || inDoubt || (stored !== undefined && (stored.mapping !== written || (await needsFullLook(stored, request))));
	const sync: StoredSync = {
		...{ id: stored?.id ?? request.newId(), scope: settings.scope, mapping: written, keyId: keyring.current.id, userId: settings.userId },
		...{ cursor: lookAtAll ? null : (stored?.cursor ?? null), runs: Math.max(stored?.runs ?? 0, settings.runsKnown), inDoubt, unread: unread || isFull },
	};
	const { conversion } = description;
	const select = [...new Set([...mapping.crmFields, ...(conversion ? [conversion.flagField, conversion.targetIdField] : [])])];
	const query = { entity: settings.scope.entity, select, since: sync.cursor ?? undefined, until: isListed ? await changes.upperBound() : '' };
	const guard = await openGuard(request, sync.id);
	const progress = { lease, openCreates: new Map() };
	const input = readInput(request.input, settings.mapping);
	const base = { ...request, state: settings.dryRun ? new PreviewState(state) : state, input, settings: { ...settings, readChanges: isListed }, dryRun: settings.dryRun, sync, mapping, select, lookAtAll, guard, crmWaits, progress };
	if (!settings.dryRun) await remember(base, stored);
	await state.notes.forget(sync.id);
	return { ...base, changePages: new ChangePages(changes, query) };
}

function keysOf({ current, former }: SyncRequest['keyring']): readonly string[] {
	return [current, ...former].map(({ id }) => id);
}

/** Another user may see more; or a person asks for it. */
async function needsFullLook({ id, userId }: StoredSync, request: SyncRequest): Promise<boolean> {
	const { settings } = request;
	return userId !== settings.userId || (settings.readChanges && (await isAbsenceReleased(request, id)));
}

/** Doubt, a new mapping and that all of the app is to be read are stored before anything else: a run that dies must not make the next one forget them. */
async function remember({ state, sync, progress }: Pick<SyncRun, 'state' | 'sync' | 'progress'>, stored: StoredSync | undefined): Promise<void> {
	if (stored && JSON.stringify(stored) === JSON.stringify(sync)) return;
	if ((await state.commit({ sync }, progress.lease)) !== 'stored') throw new CrmError('conflict', { message: 'Another run of the same sync has just begun.' });
}

/** The mapping, ready for use; what is wrong with it is said before anything is read. */
function checked(mapping: Mapping, { settings, description }: SyncRequest) {
	const { createInCrm: createsInCrm, createInApp: createsInApp } = settings;
	const [problem] = checkMapping(mapping, description, { createsInCrm, createsInApp });
	if (!problem) return compileMapping(mapping, description);
	throw new CrmError('validation', { message: problem.words, remedy: problem.remedy, fields: problem.field === undefined ? [] : [problem.field], code: 'MAPPING' });
}

function otherMapping(appName: string): CrmError {
	return new CrmError('validation', {
		message: `Another field mapping is stored for the sync with ${appName}.`,
		remedy: 'Look at the differences, and adopt this mapping for all nodes of the sync, or take over the stored one.',
		code: 'OTHER_MAPPING',
	});
}
