/** A failure of the set-up that a person can act on; its message says what, why and what to do. */
export class SetupError extends Error {
	constructor(what: string, why?: string, remedy?: string);
}

/** Sees to it that the real n8n is in setup/n8n and can start; returns that folder. Takes minutes the first time, half a second later. */
export function needN8n(): Promise<string>;

/** The path of a Chromium or Chrome: the one CRM_SYNC_CHROMIUM names, one found on this machine, or Debian's, installed now. */
export function needChromium(): Promise<string>;

/** Sees to it that Salesforce's own command line tool is in setup/salesforce-cli; returns that folder. */
export function needCli(): Promise<string>;

/** Sees to it that the PostgreSQL that npm brought for the tests can run; returns the folder that holds it. */
export function needPostgres(): Promise<string>;

/** The path of one of PostgreSQL's programs (`initdb`, `postgres`) in the folder that `needPostgres` gave. */
export function postgresProgram(folder: string, name: string): string;

/** As whom PostgreSQL's programs are to be started: they refuse to run as root. */
export function postgresUser(): { readonly uid?: number; readonly gid?: number };
