import type { CallLog } from '../calls';
import type { EntraApp, EntraUser } from '../entra/apps';
import type { Tenant } from '../entra/Tenant';
import type { EnvironmentFaults } from '../faults/EnvironmentFaults';
import type { Row } from '../records/row';
import type { NewColumn } from '../schema/column';
import type { Multiple, NewKey, NewTable } from '../schema/table';
import type { ColumnAccess, TableAccess } from './Access';
import type { EnvironmentContext, Mode, Plugin } from './EnvironmentContext';
import { publishMultiples } from './platformRows';
import { seedInsert, seedUpdate, type Seed } from './seeding';
import type { RoleRights, SecurityRole } from './SecurityRoles';
import type { SystemUser } from './SystemUser';

type Whom = { readonly user?: Pick<SystemUser, 'id'> };

/** A team or a business unit. */
interface Named {
	readonly id: string;
	readonly name: string;
}

interface NewTeam {
	readonly name: string;
	readonly type?: 'owner' | 'access';
	readonly members?: ReadonlyArray<Pick<SystemUser, 'id'>>;
	readonly businessUnit?: Named;
}

/** One environment of the stand-in as tests and the demo see it: what an administrator could do, and what a test may ask. */
export class Environment {
	/** `context` is what API areas see; tests need it only to reach into an area that has no method here. */
	constructor(
		readonly context: EnvironmentContext,
		private readonly shut: () => Promise<void>,
	) {}

	get name(): string {
		return this.context.name;
	}
	/** The address without a slash at the end; the scope of its tokens is `${url}/.default`. */
	get url(): string {
		return this.context.url;
	}
	get apiUrl(): string {
		return `${this.context.url}/api/data/v9.2`;
	}
	get organizationId(): string {
		return this.context.organizationId;
	}
	get environmentId(): string {
		return this.context.environmentId;
	}
	get uniqueName(): string {
		return this.context.uniqueName;
	}
	get tenant(): Tenant {
		return this.context.tenant;
	}
	/** Requests so far: `total`, `byKind`, `log`, `platformRequests`. */
	get calls(): CallLog {
		return this.context.calls;
	}
	/** Switches for what may go wrong. */
	get faults(): EnvironmentFaults {
		return this.context.faults;
	}
	get users(): readonly SystemUser[] {
		return this.context.users;
	}
	/** The first user, a system administrator; what tests write past the API is stamped with this user. */
	get admin(): SystemUser {
		return this.context.users[0];
	}

	/** Lets an app in: without it the app's tokens answer 403. https://learn.microsoft.com/en-us/power-platform/admin/manage-application-users */
	addApplicationUser(app: EntraApp, { administrator = false }: { administrator?: boolean } = {}): SystemUser {
		return this.addSystemUser({
			objectId: app.objectId,
			applicationId: app.clientId,
			name: `# ${app.name}`,
			upn: `${app.clientId}@${this.tenant.domain}`,
			administrator,
		});
	}

	/** Gives a person of the tenant a licence here, and a role that allows everything until `setRoles`; the business unit is the topmost one unless given. */
	addUser(user: EntraUser, { administrator = false, businessUnit }: { administrator?: boolean; businessUnit?: Named } = {}): SystemUser {
		return this.addSystemUser({ objectId: user.id, applicationId: undefined, name: user.name, upn: user.upn, administrator }, businessUnit);
	}

	private addSystemUser(user: Omit<SystemUser, 'id'>, businessUnit?: Named): SystemUser {
		const made = { ...user, id: this.context.guids.next() };
		this.context.users.push(made);
		seedInsert(this.context, 'systemuser', {
			systemuserid: made.id,
			fullname: user.name,
			domainname: user.upn,
			internalemailaddress: user.upn,
			applicationid: user.applicationId ?? null,
			azureactivedirectoryobjectid: user.objectId,
			isdisabled: false,
			accessmode: user.applicationId ? 4 : 0,
			businessunitid: this.unit(businessUnit),
		});
		return made;
	}

	/** Takes a user out of the environment: 403 as if there had never been one. */
	removeUser(user: Pick<SystemUser, 'id'>): void {
		const { users } = this.context;
		users.splice(0, users.length, ...users.filter((one) => one.id !== user.id));
	}

	setUserDisabled(user: Pick<SystemUser, 'id'>, disabled: boolean): void {
		this.update('systemuser', user.id, { isdisabled: disabled });
	}

	/** A bearer token for a user, the administrator by default, without the OAuth dance. */
	async issueToken(user: Pick<SystemUser, 'id'> = this.admin): Promise<string> {
		const { tokens, tenant } = this.context;
		const found = this.users.find((one) => one.id === user.id) ?? this.admin;
		return await tokens.issue({
			tenantId: tenant.id,
			audience: this.url,
			clientId: found.applicationId ?? 'standin',
			objectId: found.objectId,
			appOnly: found.applicationId !== undefined,
			name: found.upn,
			issuer: tenant.issuer,
		});
	}

	/** Every token issued so far answers 401; new ones work. */
	expireTokens(): void {
		this.context.settings.refusedTokens = this.context.tokens.count;
	}

	/** Every record of a table, by column name; lookups as `{ table, id }`. */
	rows(table: string): readonly Row[] {
		return this.context.store.all(this.context.schema.required(table).name);
	}
	/** One record; undefined when there is none. */
	row(table: string, id: string): Row | undefined {
		return this.context.store.get(this.context.schema.required(table).name, id);
	}
	/** Creates a record past the API and its rules. */
	insert(table: string, seed: Seed): Row {
		return seedInsert(this.context, table, seed);
	}
	update(table: string, id: string, seed: Seed): Row {
		return seedUpdate(this.context, table, id, seed);
	}
	/** Deletes a record past the API; change tracking sees it. */
	remove(table: string, id: string): void {
		this.context.store.delete(this.context.schema.required(table).name, id.toLowerCase(), this.context.clock());
	}
	/** Merges two records: the loser stays, inactive. https://learn.microsoft.com/en-us/power-apps/developer/data-platform/merge-data */
	merge(table: string, { loser, master }: { loser: string; master: string }): void {
		const inactive =
			table === 'lead' ? { statecode: 2, statuscode: 7 } : table === 'incident' ? { statecode: 2, statuscode: 2000 } : { statecode: 1, statuscode: 2 };
		this.update(table, loser, { merged: true, masterid: { table, id: master }, ...inactive });
	}

	addTable(table: NewTable): void {
		this.context.schema.add(table);
		publishMultiples(this.context);
	}
	addColumn(table: string, column: NewColumn): void {
		this.context.schema.addColumn(table, column);
	}
	/** Adds an alternate key, or changes the one of the same name. */
	addKey(table: string, key: NewKey): void {
		this.context.schema.addKey(table, key);
	}
	setChangeTracking(table: string, on: boolean): void {
		this.context.schema.required(table).changeTracking = on;
	}
	/** Which bulk messages a table supports; none with an empty list. */
	setMultiple(table: string, messages: readonly Multiple[]): void {
		this.context.schema.required(table).multiples = messages;
		publishMultiples(this.context);
	}

	/** A security role: rights by table, `*` for every other table. https://learn.microsoft.com/en-us/power-platform/admin/security-roles-privileges */
	addRole(name: string, rights: RoleRights): SecurityRole {
		const { roleid } = seedInsert(this.context, 'role', { name });
		return { id: String(roleid), name, rights };
	}
	/** The roles of a user or a team, instead of those it had. */
	setRoles(principal: Pick<SystemUser, 'id'>, roles: readonly SecurityRole[]): void {
		this.context.access.roles.set(principal.id, roles);
	}
	/** A team, and who inherits from it; `access` is the type that owns nothing. https://learn.microsoft.com/en-us/power-platform/admin/manage-teams */
	addTeam({ name, type = 'owner', members = [], businessUnit }: NewTeam): Named {
		const { teamid } = seedInsert(this.context, 'team', { name, teamtype: type === 'owner' ? 0 : 1, isdefault: false, businessunitid: this.unit(businessUnit) });
		this.context.access.roles.setMembers(String(teamid), members.map(({ id }) => id));
		return { id: String(teamid), name };
	}
	/** A business unit below another one, or below the topmost. */
	addBusinessUnit(name: string, parent?: Named): Named {
		const { businessunitid } = seedInsert(this.context, 'businessunit', { name, isdisabled: false, parentbusinessunitid: this.unit(parent) });
		return { id: String(businessunitid), name };
	}
	private unit(given: Named | undefined): { table: string; id: string } {
		return { table: 'businessunit', id: given?.id ?? this.context.businessUnitId };
	}
	/** What may be done with a table's rows, by all or by one user, whatever their roles say. What is left out is allowed. */
	setTableAccess(table: string, access: Partial<TableAccess>, { user }: Whom = {}): void {
		this.context.access.roles.except(table, access, user?.id ?? '*');
	}
	/** Secures a column and says what all users but administrators, or one user, may do with it. What is left out is forbidden. */
	secureColumn(table: string, column: string, access: Partial<ColumnAccess> = {}, { user }: Whom = {}): void {
		this.context.access.secure(table, column, access, user?.id);
	}
	/** The columns whose equal values make a duplicate; null switches the rule off. */
	setDuplicateRule(table: string, columns: readonly string[] | null): void {
		if (columns) this.context.settings.duplicateRules.set(table, columns);
		else this.context.settings.duplicateRules.delete(table);
	}
	/** Customer code that may refuse writes. */
	addPlugin(table: string, plugin: Omit<Plugin, 'table'>): void {
		this.context.settings.plugins.push({ table, ...plugin });
	}
	/** Does what requests asked for that a gateway gave up on, and that were still under way. */
	finishLateWork(): void {
		for (const work of this.context.settings.lateWork.splice(0)) work();
	}
	/** Gives the environment another address: at the old one, tokens are asked for that are made for the new one. */
	rename(url: string): void {
		this.context.settings.renamedTo = url;
	}
	setMode(mode: Mode): void {
		this.context.settings.mode = mode;
	}
	/** Delta links handed out so far answer that a full reading is needed. */
	expireDeltaLinks(): void {
		this.context.settings.oldestDelta = this.context.store.nextVersion();
	}
	/** What publishing a customization does: delta links of the table end. */
	touchMetadata(table: string): void {
		this.context.schema.touch(table);
	}

	close(): Promise<void> {
		return this.shut();
	}
}
