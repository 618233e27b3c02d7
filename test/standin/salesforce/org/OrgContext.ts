import type { CallLog } from '../calls';
import type { Faults } from '../faults/Faults';
import type { IdSource } from '../ids';
import type { Apps } from '../oauth/Apps';
import type { Sessions } from '../oauth/Sessions';
import type { Tables } from '../records/Tables';
import type { Schema } from '../schema/Schema';
import type { LoginRules } from '../signIn/LoginRules';
import type { Passwords } from '../signIn/Passwords';
import type { SignInLog } from '../signIn/SignInLog';
import type { SignInPolicy } from '../signIn/SignInPolicy';
import type { Cursors } from '../soql/Cursors';
import type { Clock } from '../time';
import type { Access } from './Access';
import type { OpenSave } from './OpenSave';
import type { Rules } from './rules';
import type { Users } from './Users';

/** Everything an API area may need to know and change of one org. */
export interface OrgContext {
	readonly id: string;
	readonly name: string;
	readonly edition: string;
	readonly sandbox: boolean;
	readonly instanceUrl: string;
	/** The host whose name stands in identity URLs: login or, for sandboxes, test. */
	readonly loginUrl: string;
	readonly clock: Clock;
	readonly ids: IdSource;
	readonly schema: Schema;
	readonly tables: Tables;
	readonly access: Access;
	readonly rules: Rules;
	readonly users: Users;
	readonly sessions: Sessions;
	readonly apps: Apps;
	readonly cursors: Cursors;
	/** Transactions that have not come to their end. */
	readonly openSaves: Set<OpenSave>;
	readonly calls: CallLog;
	readonly faults: Faults;
	readonly signInPolicy: SignInPolicy;
	readonly passwords: Passwords;
	readonly loginRules: LoginRules;
	/** The log of the whole stand-in. */
	readonly signIns: SignInLog;
}
