import { approve, type Approval } from './approve';
import { openHost, type Host } from './salesforce/http/openHost';
import { serveOAuth, type SignInHost } from './salesforce/oauth/plugin';
import { openOrg, type NewOrg } from './salesforce/org/openOrg';
import type { Org } from './salesforce/org/Org';
import { serveVersions } from './salesforce/rest/versions';
import { SignInLog, type SignInAttempt } from './salesforce/signIn/SignInLog';
import { serveSoap } from './salesforce/soap/plugin';
import type { Clock } from './salesforce/time';

/** How to start a stand-in. */
export interface StandinOptions {
	/** The port of the login host; 0, the default, takes a free one. */
	readonly port?: number;
	/** The present, in milliseconds since 1970; the machine's clock by default. */
	readonly now?: Clock;
}

/** A Salesforce in this process: a login host for production orgs, one for sandboxes, and the orgs that were made. */
export class Standin {
	private readonly made: Org[] = [];
	private hosts: readonly Host[] = [];
	private readonly signIns: SignInLog;

	constructor(private readonly clock: Clock) {
		this.signIns = new SignInLog(clock);
	}

	/** What login.salesforce.com is: production orgs sign in here. */
	get loginUrl(): string {
		return this.hosts[0].url;
	}

	/** What test.salesforce.com is: sandboxes sign in here. */
	get sandboxLoginUrl(): string {
		return this.hosts[1].url;
	}

	get orgs(): readonly Org[] {
		return this.made;
	}

	/** Every sign-in tried at any host, oldest first, those with unknown user names included; never a secret. */
	get signInAttempts(): readonly SignInAttempt[] {
		return this.signIns.attempts();
	}

	async start(port: number): Promise<void> {
		const login = (sandbox: boolean) => () => this.made.map((org) => org.context).filter((org) => org.sandbox === sandbox);
		const open = async (onPort: number, sandbox: boolean) =>
			await openHost(onPort, (app, url) => {
				const host: SignInHost = { orgs: login(sandbox), url, kind: sandbox ? 'sandboxLogin' : 'login', signIns: this.signIns };
				serveOAuth(app, host);
				serveSoap(app, host);
				serveVersions(app);
			});
		this.hosts = [await open(port, false), await open(0, true)];
	}

	/** Makes an org with its own host. Ids depend only on the order of creation. */
	async createOrg(wanted: NewOrg = {}): Promise<Org> {
		const loginUrl = wanted.sandbox ? this.sandboxLoginUrl : this.loginUrl;
		const org = await openOrg(wanted, { ordinal: this.made.length + 1, clock: this.clock, loginUrl, signIns: this.signIns });
		this.made.push(org);
		return org;
	}

	/** Does over HTTP what a person does on the consent page; answers the callback address with code or error. */
	approve = async (authorizeUrl: string, how: Approval = {}): Promise<string> => await approve(authorizeUrl, how);

	async close(): Promise<void> {
		await Promise.all([...this.made.map(async (org) => await org.close()), ...this.hosts.map(async (host) => await host.close())]);
	}

	async [Symbol.asyncDispose](): Promise<void> {
		await this.close();
	}
}

/** Starts the stand-in Salesforce on 127.0.0.1. */
export async function startStandin({ port = 0, now = Date.now }: StandinOptions = {}): Promise<Standin> {
	const standin = new Standin(now);
	await standin.start(port);
	return standin;
}
