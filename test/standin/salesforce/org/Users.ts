import type { IdSource } from '../ids';
import type { Tables } from '../records/Tables';
import { toWireDateTime, type Clock } from '../time';

/** Rights of a user beyond object and field access. */
export interface UserPermissions {
	/** Without it every API call answers API_DISABLED_FOR_ORG. */
	readonly apiEnabled: boolean;
	/** Needed to read the org's limits. */
	readonly viewSetup: boolean;
	readonly editConvertedLeads: boolean;
}

/** A person who may sign in. */
export interface OrgUser {
	readonly id: string;
	readonly username: string;
	readonly email: string;
	readonly firstName: string;
	readonly lastName: string;
	readonly name: string;
	readonly permissions: UserPermissions;
}

/** What to set of a new user; the rest follows from the user name. */
export type NewUser = Partial<Omit<OrgUser, 'id' | 'name' | 'permissions'>> & Partial<UserPermissions> & { readonly active?: boolean; readonly password?: string; readonly securityToken?: string };

/** The users of one org: sign-in facts here, the User record in the org's tables. */
export class Users {
	private readonly people: OrgUser[] = [];

	constructor(private readonly tables: Tables, private readonly ids: IdSource, private readonly clock: Clock, private readonly domain: string) {}

	get all(): readonly OrgUser[] {
		return this.people;
	}

	/** The first user, an administrator; system work is stamped with this id. */
	get admin(): OrgUser {
		return this.people[0];
	}

	find(id: string | undefined): OrgUser | undefined {
		return this.people.find((user) => user.id === id);
	}

	/** User names are found in any case. */
	named(username: string): OrgUser | undefined {
		return this.people.find((user) => user.username.toLowerCase() === username.toLowerCase());
	}

	isActive(id: string): boolean {
		return this.tables.get('User', id)?.IsActive === true;
	}

	add(wanted: NewUser): OrgUser {
		const firstName = wanted.firstName ?? (this.people.length === 0 ? 'Ada' : 'User');
		const lastName = wanted.lastName ?? (this.people.length === 0 ? 'Admin' : `Number ${this.people.length + 1}`);
		const username = wanted.username ?? `${firstName}.${lastName}@${this.domain}`.toLowerCase().replace(/ /g, '');
		const permissions = { apiEnabled: wanted.apiEnabled ?? true, viewSetup: wanted.viewSetup ?? true, editConvertedLeads: wanted.editConvertedLeads ?? false };
		const user = { id: this.ids.next('005'), username, email: wanted.email ?? username, firstName, lastName, name: `${firstName} ${lastName}`, permissions };
		this.people.push(user);
		this.putRecord(user, wanted.active ?? true);
		return user;
	}

	private putRecord(user: OrgUser, active: boolean): void {
		const now = toWireDateTime(this.clock());
		this.tables.put('User', {
			Id: user.id, IsDeleted: false, Username: user.username, FirstName: user.firstName, LastName: user.lastName, Email: user.email,
			Alias: user.username.slice(0, 8), IsActive: active, UserType: 'Standard', TimeZoneSidKey: 'Europe/Paris', LocaleSidKey: 'en_US',
			LanguageLocaleKey: 'en_US', EmailEncodingKey: 'UTF-8', CreatedDate: now, CreatedById: this.admin.id, LastModifiedDate: now,
			LastModifiedById: this.admin.id, SystemModstamp: now,
		});
		this.tables.put('UserLogin', { Id: this.ids.next('0Yw'), IsDeleted: false, UserId: user.id, IsFrozen: false, IsPasswordLocked: false, LastModifiedDate: now, LastModifiedById: this.admin.id });
	}
}
