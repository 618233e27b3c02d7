import { SecurityRoles } from './SecurityRoles';

/** What a user may do with a table's rows, in short. With reading `user`, everything but creating reaches the own rows only. */
export interface TableAccess {
	readonly read: 'organization' | 'user' | 'none';
	readonly create: boolean;
	readonly write: boolean;
	readonly delete: boolean;
}

/** What a user may do with a secured column. https://learn.microsoft.com/en-us/power-platform/admin/field-level-security */
export interface ColumnAccess {
	readonly read: 'all' | 'masked' | 'none';
	readonly create: boolean;
	readonly update: boolean;
}

const open: ColumnAccess = { read: 'all', create: true, update: true };
const closed: ColumnAccess = { read: 'none', create: false, update: false };

/** Security roles and column security of one environment. */
export class Access {
	readonly roles = new SecurityRoles();
	private readonly columns = new Map<string, ColumnAccess>();
	private readonly secured = new Set<string>();

	/** Secures a column; who is not named afterwards may neither read nor write it. */
	secure(table: string, column: string, access: Partial<ColumnAccess>, user = '*'): void {
		this.secured.add(`${table} ${column}`);
		this.columns.set(`${user} ${table} ${column}`, { ...closed, ...access });
	}

	/** Opens a column for everyone again. */
	release(table: string, column: string): void {
		this.secured.delete(`${table} ${column}`);
	}

	isSecured(table: string, column: string): boolean {
		return this.secured.has(`${table} ${column}`);
	}

	/** System administrators pass every column security. */
	column({ id, administrator }: { readonly id: string; readonly administrator: boolean }, table: string, column: string): ColumnAccess {
		if (!this.isSecured(table, column)) return open;
		return this.columns.get(`${id} ${table} ${column}`) ?? (administrator ? open : (this.columns.get(`* ${table} ${column}`) ?? closed));
	}
}
