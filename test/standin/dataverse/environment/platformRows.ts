import type { Multiple } from '../schema/table';
import type { EnvironmentContext } from './EnvironmentContext';
import { seedInsert } from './seeding';

/** The rows of the platform's own tables that every environment has. */
export function putPlatformRows(env: EnvironmentContext, solutions: ReadonlyArray<readonly [uniqueName: string, name: string, version: string]>): void {
	const unit = { table: 'businessunit', id: env.businessUnitId };
	seedInsert(env, 'businessunit', { businessunitid: env.businessUnitId, name: env.name, isdisabled: false });
	seedInsert(env, 'team', { name: env.name, teamtype: 0, isdefault: true, businessunitid: unit });
	seedInsert(env, 'organization', {
		organizationid: env.organizationId,
		name: env.uniqueName,
		languagecode: env.language,
		localeid: env.language,
		isauditenabled: false,
		expirechangetrackingindays: env.settings.expireChangeTrackingInDays,
		schemanameprefix: 'new',
	});
	for (const [uniquename, friendlyname, version] of solutions)
		seedInsert(env, 'solution', { uniquename, friendlyname, version, ismanaged: true, isvisible: true });
	for (const name of ['System Administrator', 'Salesperson', 'Basic User']) seedInsert(env, 'role', { name });
}

const messages: readonly Multiple[] = ['CreateMultiple', 'UpdateMultiple', 'UpsertMultiple'];

/** Lists which tables support which bulk messages, as clients ask for it. https://learn.microsoft.com/en-us/power-apps/developer/data-platform/bulk-operations#availability-with-standard-tables */
export function publishMultiples(env: EnvironmentContext): void {
	for (const row of env.store.all('sdkmessagefilter')) env.store.delete('sdkmessagefilter', String(row.sdkmessagefilterid), env.clock());
	for (const name of messages) {
		const known = env.store.find('sdkmessage', ['name'], [name])[0] ?? seedInsert(env, 'sdkmessage', { name });
		const sdkmessageid = { table: 'sdkmessage', id: String(known.sdkmessageid) };
		for (const table of env.schema.all().filter((one) => !one.system && one.multiples.includes(name)))
			seedInsert(env, 'sdkmessagefilter', { name, primaryobjecttypecode: table.name, sdkmessageid });
	}
}
