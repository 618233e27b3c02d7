import fc from 'fast-check';

import type { ConnectionSettings } from '../../../../src/connections/registry/registryTypes';
import type { Outside } from './outside';

/** How the work of a run ends, once it got so far. */
export type Ending = 'done' | 'notAllowed' | 'cancelled' | 'unreachable';

/** What may happen; orgs and credentials by their place in `Outside`. */
export type Action =
	| { readonly does: 'run'; readonly credential: number; readonly manual: boolean; readonly ending: Ending }
	| { readonly does: 'check'; readonly credential: number; readonly manual: boolean; readonly confirmed: number | null }
	| { readonly does: 'pause' | 'activate' | 'remove'; readonly org: number }
	| { readonly does: 'update'; readonly org: number; readonly settings: Partial<ConnectionSettings> }
	| { readonly does: 'edit'; readonly credential: number; readonly accepted: boolean }
	| { readonly does: 'judge'; readonly credential: number; readonly accepted: boolean }
	| { readonly does: 'read'; readonly credential: number; readonly unreadable: boolean }
	| { readonly does: 'switch'; readonly credential: number; readonly org: number; readonly edited: boolean }
	| { readonly does: 'outage'; readonly org: number; readonly down: boolean }
	| { readonly does: 'rename'; readonly org: number; readonly name: string }
	| { readonly does: 'pass'; readonly minutes: number }
	| { readonly does: 'loseKey' | 'restart' };

const manual = fc.constantFrom(true, false, false);
/** What is out of order is so for a while only. */
const rarely = fc.constantFrom(true, false, false);
/** The first one more often than not, so that credentials come back to it. */
const org = fc.constantFrom(0, 0, 0, 1, 2, 3);
const name = fc.constantFrom('Main', 'Org foo', 'Org bar', 'Renamed');
const settings = fc.record(
	{ name, description: fc.constantFrom('', 'Ours'), runAutomatically: fc.boolean(), apiBudgetPercent: fc.option(fc.integer({ min: 1, max: 100 })) },
	{ requiredKeys: [] },
);

/** Anything that may happen; most of it are runs, and most of it concerns the favourite credential. */
export function anyAction(favourite: number): fc.Arbitrary<Action> {
	const credential = fc.oneof({ weight: 5, arbitrary: fc.constant(favourite) }, { weight: 1, arbitrary: fc.nat(3) });
	const run = fc.record({
		does: fc.constant('run' as const),
		credential,
		manual,
		ending: fc.constantFrom<Ending[]>('done', 'done', 'done', 'notAllowed', 'cancelled', 'unreachable'),
	});
	const wish = fc.record({ does: fc.constantFrom('pause' as const, 'activate' as const, 'activate' as const, 'remove' as const), org });
	return fc.oneof(
		{ weight: 100, arbitrary: run },
		{ weight: 40, arbitrary: fc.record({ does: fc.constant('check' as const), credential, manual, confirmed: fc.option(org) }) },
		{ weight: 20, arbitrary: wish },
		{ weight: 10, arbitrary: fc.record({ does: fc.constant('update' as const), org, settings }) },
		{ weight: 25, arbitrary: fc.record({ does: fc.constant('edit' as const), credential, accepted: rarely }) },
		{ weight: 15, arbitrary: fc.record({ does: fc.constant('judge' as const), credential, accepted: fc.boolean() }) },
		{ weight: 10, arbitrary: fc.record({ does: fc.constant('read' as const), credential, unreadable: rarely }) },
		{ weight: 25, arbitrary: fc.record({ does: fc.constant('switch' as const), credential, org, edited: fc.boolean() }) },
		{ weight: 10, arbitrary: fc.record({ does: fc.constant('outage' as const), org, down: rarely }) },
		{ weight: 5, arbitrary: fc.record({ does: fc.constant('rename' as const), org, name }) },
		{ weight: 20, arbitrary: fc.record({ does: fc.constant('pass' as const), minutes: fc.constantFrom(1, 14, 15, 60, 360, 1440) }) },
		{ weight: 5, arbitrary: fc.constant({ does: 'loseKey' as const }) },
		// Rare, because a world with one needs a store in a file, which is slow.
		{ weight: 2, arbitrary: fc.constant({ does: 'restart' as const }) },
	);
}

/** Lets happen what concerns neither the store nor the registry. */
export function happenOutside(outside: Outside, action: Action): void {
	if (action.does === 'pass') outside.now += action.minutes * 60_000;
	if (action.does === 'loseKey') outside.key += 1;
	if (action.does === 'outage') outside.orgs[action.org].down = action.down;
	if (action.does === 'rename') outside.orgs[action.org].name = action.name;
	if (action.does === 'edit' || action.does === 'judge') outside.credentials[action.credential].accepted = action.accepted;
	if (action.does === 'read') outside.credentials[action.credential].unreadable = action.unreadable;
	if (action.does === 'switch') outside.credentials[action.credential].org = outside.orgs[action.org];
	if (action.does === 'edit' || (action.does === 'switch' && action.edited)) outside.credentials[action.credential].content += 1;
}
