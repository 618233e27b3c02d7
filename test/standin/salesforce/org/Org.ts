import type { CallLog } from '../calls';
import type { Faults } from '../faults/Faults';
import { canonicalId } from '../ids';
import type { App, NewApp } from '../oauth/App';
import type { Row } from '../records/row';
import { sobject, type ObjectOptions } from '../schema/sobject';
import { field, type FieldOptions, type FieldType } from '../schema/field';
import type { LoginHours } from '../signIn/LoginRules';
import type { Secrets } from '../signIn/Passwords';
import type { SignInAttempt } from '../signIn/SignInLog';
import type { SignInPolicy } from '../signIn/SignInPolicy';
import { readValue } from '../soql/fieldPath';
import { toWireDateTime } from '../time';
import type { FieldAccess, ObjectAccess } from './Access';
import { OpenSave } from './OpenSave';
import type { OrgContext } from './OrgContext';
import type { DuplicateRule, ValidationRule } from './rules';
import { seedInsert, seedUpdate, type Seed } from './seeding';
import { addUser, resetPassword } from './standing';
import type { NewUser, OrgUser } from './Users';

/** A field a test adds to an org. */
export type NewField = FieldOptions & { readonly name: string; readonly type: FieldType };

/** What became of a converted lead. */
export interface Conversion {
	readonly contactId?: string;
	readonly accountId?: string;
	readonly opportunityId?: string;
}

/** What only the one who opened an org can do with it. */
interface OrgHost {
	close(): Promise<void>;
	refresh(): void;
}

type UserRef = Pick<OrgUser, 'id'>;
type AppRef = Pick<App, 'clientId'>;

/** One org of the stand-in as tests and the demo see it: what an administrator could do, and what a test may ask. */
export class Org {
	/** `context` is what API areas see; tests need it only to reach into an area that has no method here. */
	constructor(readonly context: OrgContext, private readonly host: OrgHost) {}

	/** The organization id, 18 characters. */
	get id(): string { return this.context.id; }
	get name(): string { return this.context.name; }
	get instanceUrl(): string { return this.context.instanceUrl; }
	/** Requests so far: `total`, `byKind`, `log`, and what Sforce-Limit-Info shows in `used`. */
	get calls(): CallLog { return this.context.calls; }
	/** Switches for what may go wrong. */
	get faults(): Faults { return this.context.faults; }
	get users(): readonly OrgUser[] { return this.context.users.all; }

	addUser(user: NewUser = {}): OrgUser { return addUser(this.context, user); }
	addApp(app: NewApp): App { return this.context.apps.add(app); }
	/** Changes an app's settings; blocking it ends its sessions. */
	changeApp({ clientId }: AppRef, changes: Partial<App>): App {
		if (changes.blocked) this.context.sessions.endOf({ clientId });
		return this.context.apps.change(clientId, changes);
	}
	/** A new consumer secret; the old one is dead. */
	rotateClientSecret({ clientId }: AppRef, clientSecret?: string): string { return this.context.apps.rotateSecret(clientId, clientSecret); }
	/** Deletes an app: its client id is unknown, its refresh tokens and sessions are dead. */
	removeApp({ clientId }: AppRef): void {
		this.context.apps.remove(clientId);
		this.context.sessions.endOf({ clientId });
	}
	/** Lets a user use an app that only admin approved users may use. */
	preauthorize({ clientId }: AppRef, user: UserRef): void { this.context.apps.preauthorize(clientId, user.id); }
	/** Revokes refresh tokens with their sessions: of an app, of a user, of both, or all. */
	revokeApprovals({ app, user }: { readonly app?: AppRef; readonly user?: UserRef } = {}): void {
		this.context.apps.revokeAll({ clientId: app?.clientId, userId: user?.id });
	}

	/** Every sign-in tried at this org, oldest first, with the true reason; never a secret. */
	get signInAttempts(): readonly SignInAttempt[] { return this.context.signIns.attempts(this.context); }
	/** What an administrator set for sign-ins of the whole org. */
	get signInPolicy(): Readonly<SignInPolicy> { return this.context.signInPolicy; }
	setSignInPolicy(changes: Partial<SignInPolicy>): void { Object.assign(this.context.signInPolicy, changes); }
	/** What a user signs in with; an API client writes the security token right behind the password. */
	credentialsOf(user: UserRef): Secrets & { readonly username: string } {
		return { username: this.context.users.find(user.id)?.username ?? '', ...this.context.passwords.of(user.id) };
	}
	/** A new password and a new security token: the old ones are dead, the user's sessions end, a lock is lifted; refresh tokens live on. */
	resetPassword(user: UserRef, password?: string): Secrets { return resetPassword(this.context, user.id, password); }
	/** A new security token; the password and sessions stay. */
	resetSecurityToken(user: UserRef): string { return this.context.passwords.resetToken(user.id); }
	/** The password has to be changed before anything else. */
	expirePassword(user: UserRef): void { this.context.passwords.expire(user.id); }
	/** Ends the lock that wrong passwords brought. */
	unlock(user: UserRef): void { this.context.passwords.unlock(user.id); }
	/** Freezes or thaws a user: nobody signs in as them, and their sessions end. */
	freezeUser(user: UserRef, frozen = true): void {
		this.context.passwords.freeze(user.id, frozen);
		if (frozen) this.context.sessions.endOf({ userId: user.id });
	}
	/** The login IP ranges of the profile of everybody or of one user; null takes them away. */
	restrictIps(ranges: readonly string[] | null, { user }: { readonly user?: UserRef } = {}): void { this.context.loginRules.restrictIps(ranges, user?.id); }
	/** The login hours of the profile, in UTC by the stand-in's clock; null takes them away. */
	restrictHours(hours: LoginHours | null, { user }: { readonly user?: UserRef } = {}): void { this.context.loginRules.restrictHours(hours, user?.id); }

	/** An access token for a user, the administrator by default, without the OAuth dance. */
	issueSession(user: UserRef = this.context.users.admin): string { return this.context.sessions.issue(user.id).token; }

	resetCalls(): void { this.calls.reset(); }

	/** Every record of an object, deleted ones included, formula fields calculated. */
	rows(object: string): readonly Row[] {
		const spec = this.context.schema.required(object);
		return this.context.tables.all(spec.name).map((row) => Object.fromEntries(spec.fields.map((one) => [one.name, readValue(row, one)])));
	}

	/** One record; undefined when there is none. */
	row(object: string, id: string): Row | undefined {
		const spec = this.context.schema.required(object);
		const row = this.context.tables.get(spec.name, canonicalId(id) ?? '');
		return row && Object.fromEntries(spec.fields.map((one) => [one.name, readValue(row, one)]));
	}

	/** Creates a record past the API and its rules. */
	insert(object: string, seed: Seed): Row { return seedInsert(this.context, object, seed); }
	update(object: string, id: string, seed: Seed): Row { return seedUpdate(this.context, object, id, seed); }
	/** Puts a record into the recycle bin; with `mergedInto` as the loser of a merge. */
	remove(object: string, id: string, { mergedInto }: { mergedInto?: string } = {}): void {
		this.update(object, id, { IsDeleted: true, ...(mergedInto ? { MasterRecordId: mergedInto } : {}) });
	}
	/** Takes a record out of the recycle bin. */
	restore(object: string, id: string): void { this.update(object, id, { IsDeleted: false }); }
	/** Removes a record for good, as emptying the recycle bin does; the log of deletions still has it. */
	purge(object: string, id: string): void {
		if (this.row(object, id)?.IsDeleted === false) this.remove(object, id);
		this.context.tables.purge(this.context.schema.required(object).name, id);
	}
	/** Forgets every deletion there was, in the log and in the recycle bin. */
	forgetDeletions(): void {
		this.context.tables.deleteLog.trim(this.context.clock());
		for (const { name } of this.context.schema.all()) for (const row of this.context.tables.all(name)) if (row.IsDeleted === true) this.context.tables.purge(name, String(row.Id));
	}
	/** Begins a transaction: what is done in it is seen once it is committed, with the time when it was done. */
	beginSave(): OpenSave {
		const save = new OpenSave(this.context, this.context.clock(), (one) => this.context.openSaves.delete(one));
		this.context.openSaves.add(save);
		return save;
	}

	/** Converts a lead; a contact and an account are made unless their ids are given. */
	convertLead(id: string, given: Conversion = {}): Required<Pick<Conversion, 'contactId' | 'accountId'>> {
		const lead = this.row('Lead', id);
		if (!lead) throw new Error(`The stand-in org has no lead ${id}`);
		const accountId = given.accountId ?? String(this.insert('Account', { Name: lead.Company ?? lead.Name }).Id);
		const contact = { LastName: lead.LastName, FirstName: lead.FirstName, Email: lead.Email, Phone: lead.Phone, AccountId: accountId };
		const contactId = given.contactId ?? String(this.insert('Contact', contact).Id);
		this.update('Lead', id, {
			IsConverted: true, Status: 'Closed - Converted', ConvertedDate: toWireDateTime(this.context.clock()).slice(0, 10),
			ConvertedAccountId: accountId, ConvertedContactId: contactId, ConvertedOpportunityId: given.opportunityId ?? null,
		});
		return { accountId, contactId };
	}

	defineField(object: string, { name, type, ...options }: NewField): void { this.context.schema.addField(object, name, type, options); }
	/** Adds an object; its id prefix is `a01` and upward unless given. */
	defineObject({ name, keyPrefix, fields, ...options }: ObjectOptions & { name: string; keyPrefix?: string; fields: readonly NewField[] }): void {
		const count = this.context.schema.all().filter((spec) => spec.custom).length;
		const specs = fields.map(({ name: fieldName, type, ...more }) => field(fieldName, type, more));
		this.context.schema.addObject(sobject(name, keyPrefix ?? `a0${count}`, specs, options));
	}

	/** A queue that can own leads and cases; answers its id. */
	addQueue(name: string): string { return String(this.insert('Group', { Name: name, DeveloperName: name.replace(/\W+/g, '_'), Type: 'Queue' }).Id); }
	/** A record type; answers its id. */
	addRecordType(object: string, name: string): string {
		const developerName = name.replace(/\W+/g, '_');
		const id = String(this.insert('RecordType', { Name: name, DeveloperName: developerName, SobjectType: object }).Id);
		this.context.schema.required(object).recordTypes.push({ id, name, developerName });
		this.context.schema.touch();
		return id;
	}

	/** The rule of an object; null switches it off. */
	setDuplicateRule(object: string, rule: Omit<DuplicateRule, 'object'> | null): void {
		const rules = this.context.rules.duplicates;
		rules.splice(0, rules.length, ...rules.filter((one) => one.object !== object), ...(rule ? [{ object, ...rule }] : []));
	}
	addValidationRule(rule: ValidationRule): void { this.context.rules.validation.push(rule); }
	/** The owner an active assignment rule gives to records that are created or updated; null switches it off. */
	setAssignmentRule(ownerId: string | null, object: 'Lead' | 'Case' = 'Lead'): void {
		if (ownerId === null) this.context.rules.assignment.delete(object);
		else this.context.rules.assignment.set(object, ownerId);
	}

	/** Field-level security: hidden by default, or read-only; for all users or for one. */
	hideField(object: string, name: string, { access = 'hidden', user }: { access?: FieldAccess | 'open'; user?: UserRef } = {}): void {
		this.context.access.setField(object, name, access, user?.id);
		this.context.schema.touch();
	}
	/** Object permissions, for all users or for one. What is left out is allowed. */
	setObjectAccess(object: string, access: Partial<ObjectAccess>, { user }: { user?: UserRef } = {}): void {
		this.context.access.setObject(object, access, user?.id);
	}
	/** Deactivates or activates a user; sessions and refreshes of an inactive one fail. */
	setUserActive(user: UserRef, active: boolean): void { this.update('User', user.id, { IsActive: active }); }
	/** Forgets open query cursors, as if two days had passed. */
	expireCursors(): void { this.context.cursors.expireAll(); }
	/** Pages of queries hold no more rows than this, whatever is asked for. */
	limitPages(rows: number): void { this.context.cursors.mostInPage = rows; }

	/** Refreshes a sandbox: a new organization id and new user ids at the same address; records, apps, tokens are gone, users keep name and password. */
	refreshSandbox(): void { this.host.refresh(); }

	close(): Promise<void> { return this.host.close(); }
}
