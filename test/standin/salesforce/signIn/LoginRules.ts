import { isWithin } from './SignInPolicy';

/** The hours of a day, in UTC, in which a user may sign in: `from` included, `to` not. */
export interface LoginHours {
	readonly from: number;
	readonly to: number;
}

/** What the profiles of an org allow, kept by user or for everybody. https://developer.salesforce.com/docs/atlas.en-us.api_meta.meta/api_meta/meta_profile.htm */
export class LoginRules {
	private readonly ips = new Map<string, readonly string[] | null>();
	private readonly hours = new Map<string, LoginHours | null>();

	restrictIps(ranges: readonly string[] | null, user = '*'): void {
		this.ips.set(user, ranges);
	}

	restrictHours(hours: LoginHours | null, user = '*'): void {
		this.hours.set(user, hours);
	}

	/** Undefined where the profile has no ranges. */
	allowsIp(userId: string, ip: string): boolean | undefined {
		const ranges = this.ips.has(userId) ? this.ips.get(userId) : this.ips.get('*');
		return ranges ? isWithin(ip, ranges) : undefined;
	}

	allowsTime(userId: string, now: number): boolean {
		const hours = this.hours.has(userId) ? this.hours.get(userId) : this.hours.get('*');
		if (!hours) return true;
		const hour = new Date(now).getUTCHours();
		return hour >= hours.from && hour < hours.to;
	}
}
