import type { FastifyInstance } from 'fastify';
import { CallLog } from '../calls';
import { Faults } from '../faults/Faults';
import { openHost } from '../http/openHost';
import { serveApi } from '../http/serveApi';
import { canonicalId, IdSource, orgIdOf, podOf } from '../ids';
import { Apps } from '../oauth/Apps';
import { serveOAuth, type SignInHost } from '../oauth/plugin';
import { Sessions } from '../oauth/Sessions';
import { servePages } from '../pages/plugin';
import { Tables } from '../records/Tables';
import { resources } from '../rest';
import { serveVersions } from '../rest/versions';
import { Schema } from '../schema/Schema';
import { LoginRules } from '../signIn/LoginRules';
import { Passwords } from '../signIn/Passwords';
import type { SignInLog } from '../signIn/SignInLog';
import { policyOf, type SignInPolicy } from '../signIn/SignInPolicy';
import { serveSoap } from '../soap/plugin';
import { Cursors } from '../soql/Cursors';
import { toWireDateTime, type Clock } from '../time';
import { Access } from './Access';
import { Org } from './Org';
import type { OrgContext } from './OrgContext';
import { refreshSandbox } from './refreshSandbox';
import { addUser } from './standing';
import { Users, type NewUser } from './Users';

/** What to set of a new org; everything has a default. */
export interface NewOrg extends Partial<SignInPolicy> {
	readonly name?: string;
	readonly edition?: string;
	readonly sandbox?: boolean;
	/** The port of the org's own host; 0 takes a free one. */
	readonly port?: number;
	/** The first user is the administrator. */
	readonly users?: readonly NewUser[];
	readonly apiLimit?: number;
	/** API calls already used today. */
	readonly apiUsed?: number;
	readonly orgId?: string;
	readonly sessionTimeoutMinutes?: number;
}

/** Where an org stands in its stand-in. */
export interface Place {
	readonly ordinal: number;
	readonly clock: Clock;
	readonly loginUrl: string;
	readonly signIns: SignInLog;
}

/** Makes an org and starts its host. */
export async function openOrg(wanted: NewOrg, place: Place): Promise<Org> {
	let instanceUrl = '';
	const context = contextOf(wanted, place, () => instanceUrl);
	for (const user of wanted.users?.length ? wanted.users : [{}]) addUser(context, user);
	putOrganization(context);
	const host = await openHost(wanted.port ?? 0, (app, url) => {
		tellTime(app, () => context.clock());
		const signInHost: SignInHost = { orgs: () => [context], url, kind: 'myDomain', signIns: place.signIns };
		serveOAuth(app, signInHost);
		serveSoap(app, signInHost);
		serveVersions(app);
		serveApi(app, context, resources);
		servePages(app, context);
	});
	instanceUrl = host.url;
	let refreshes = 0;
	const remake = () => {
		refreshes += 1;
		return contextOf({ ...wanted, orgId: undefined }, { ...place, ordinal: place.ordinal + 100 * refreshes }, () => instanceUrl);
	};
	return new Org(context, { close: host.close, refresh: () => refresh(context, remake()) });
}

/** Every answer says when it was given. https://www.rfc-editor.org/rfc/rfc9110#name-date */
function tellTime(app: FastifyInstance, clock: Clock): void {
	app.addHook('onSend', async (_request, reply) => void reply.header('date', new Date(clock()).toUTCString()));
}

function refresh(context: OrgContext, fresh: OrgContext): void {
	refreshSandbox(context, fresh);
	putOrganization(context);
}

function contextOf(wanted: NewOrg, { ordinal, clock, loginUrl, signIns }: Place, instanceUrl: () => string): OrgContext {
	const id = canonicalId(wanted.orgId) ?? orgIdOf(ordinal);
	const name = wanted.name ?? `Org ${ordinal}`;
	const ids = new IdSource(podOf(ordinal));
	const tables = new Tables();
	const edition = wanted.edition ?? 'Enterprise Edition';
	const signInPolicy = policyOf(edition, wanted);
	const sessions = new Sessions(id, clock, wanted.sessionTimeoutMinutes ?? 120);
	const context: OrgContext = {
		id, name, edition, sandbox: wanted.sandbox ?? false, loginUrl, clock, ids, tables, sessions,
		get instanceUrl() {
			return instanceUrl();
		},
		schema: new Schema(clock),
		access: new Access(),
		rules: { validation: [], duplicates: [], assignment: new Map() },
		users: new Users(tables, ids, clock, `${name.toLowerCase().replace(/\W+/g, '-')}.example`),
		apps: new Apps(id, clock, (familyId) => sessions.endFamily(familyId)),
		cursors: new Cursors(clock, () => ids.next('01g')),
		openSaves: new Set(),
		calls: new CallLog(wanted.apiLimit ?? 100_000, wanted.apiUsed),
		faults: new Faults(() => context.sessions.endAll()),
		signInPolicy, signIns,
		passwords: new Passwords(id, tables, clock, () => context.signInPolicy.lockout),
		loginRules: new LoginRules(),
	};
	return context;
}

function putOrganization({ id, name, edition, sandbox, tables, users, clock }: OrgContext): void {
	const now = toWireDateTime(clock());
	tables.put('Organization', {
		Id: id, IsDeleted: false, Name: name, OrganizationType: edition, IsSandbox: sandbox, InstanceName: sandbox ? 'CS92' : 'EU11', NamespacePrefix: null,
		TrialExpirationDate: null, LanguageLocaleKey: 'en_US', DefaultLocaleSidKey: 'en_US', TimeZoneSidKey: 'Europe/Paris', IsReadOnly: false, SignupCountryIsoCode: 'FR',
		CreatedDate: now, CreatedById: users.admin.id, LastModifiedDate: now, LastModifiedById: users.admin.id, SystemModstamp: now,
	});
}
