import type { TableAccess } from './Access';

/** How far a privilege reaches: the own records, those of the own business unit, of that and the units below it, all. https://learn.microsoft.com/en-us/power-apps/developer/data-platform/webapi/reference/privilegedepth */
export type Depth = 'Basic' | 'Local' | 'Deep' | 'Global';

/** What may be done with the records of a table. https://learn.microsoft.com/en-us/power-apps/developer/data-platform/webapi/reference/privilegetype */
export const rights = ['Create', 'Read', 'Write', 'Delete', 'Assign', 'Share', 'Append', 'AppendTo'] as const;
export type Right = (typeof rights)[number];

/** Rights by name; one that is missing is not given. */
export type TableRights = Readonly<Partial<Record<Right, Depth>>>;

/** Rights by table; `*` stands for every table that is not named. */
export type RoleRights = Readonly<Record<string, TableRights>>;

/** A security role of one environment. */
export interface SecurityRole {
	/** The roleid. */
	readonly id: string;
	readonly name: string;
	readonly rights: RoleRights;
}

/** A right and the depth at which somebody has it. */
export interface HeldRight {
	readonly right: Right;
	readonly depth: Depth;
	/** Whether it comes from a role of a team alone. */
	readonly byTeam: boolean;
}

const depths: readonly Depth[] = ['Basic', 'Local', 'Deep', 'Global'];
const everything: TableRights = Object.fromEntries(rights.map((right) => [right, 'Global']));

/** Who has which security roles, by themselves and through teams; what a user may do is what these say, and nothing else. */
export class SecurityRoles {
	private readonly byPrincipal = new Map<string, readonly SecurityRole[]>();
	private readonly members = new Map<string, ReadonlySet<string>>();
	private readonly exceptions = new Map<string, TableRights>();

	/** Gives a user or a team these roles instead of those before. A user whose roles were never set may do everything. */
	set(principal: string, roles: readonly SecurityRole[]): void {
		this.byPrincipal.set(principal, roles);
	}

	setMembers(team: string, users: readonly string[]): void {
		this.members.set(team, new Set(users));
	}

	/** What one user (or `*`, everybody) may do with a table, whatever their roles say. */
	except(table: string, { read = 'organization', create = true, write = true, delete: remove = true }: Partial<TableAccess>, user: string): void {
		const reach: Depth = read === 'user' ? 'Basic' : 'Global';
		this.exceptions.set(`${user} ${table}`, {
			...everything,
			Create: create ? 'Global' : undefined,
			Read: read === 'none' ? undefined : reach,
			Write: write ? reach : undefined,
			Delete: remove ? reach : undefined,
		});
	}

	/** Teams of a user. */
	teamsOf(user: string): readonly string[] {
		return [...this.members].filter(([, users]) => users.has(user)).map(([team]) => team);
	}

	/** What a user may do with a table. */
	held(user: string, table: string): readonly HeldRight[] {
		const exception = this.exceptions.get(`${user} ${table}`) ?? this.exceptions.get(`* ${table}`);
		const own = exception ? [exception] : (this.byPrincipal.get(user)?.map((role) => rightsOn(role, table)) ?? [everything]);
		const inherited = exception ? [] : this.teamsOf(user).flatMap((team) => this.byPrincipal.get(team) ?? []).map((role) => rightsOn(role, table));
		return rights.flatMap((right) => {
			const depth = deepest([...own, ...inherited], right);
			return depth === undefined ? [] : [{ right, depth, byTeam: deepest(own, right) !== depth }];
		});
	}

	/** How far one right reaches; undefined where the user does not have it. */
	depth(user: string, table: string, right: Right): Depth | undefined {
		return this.held(user, table).find((one) => one.right === right)?.depth;
	}
}

const rightsOn = (role: SecurityRole, table: string): TableRights => role.rights[table] ?? role.rights['*'] ?? {};

function deepest(given: readonly TableRights[], right: Right): Depth | undefined {
	return depths.findLast((depth) => given.some((one) => one[right] === depth));
}
