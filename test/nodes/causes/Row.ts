import type { NewOrg } from '../../standin';
import type { CauseWorld } from './CauseWorld';

/** One way in which a sign-in or a connection fails, from the stand-in to the report of Check Health. */
export interface Row {
	/** How sure, and which cause: `proven: user-inactive`. */
	readonly cause: string;
	/** What happened. */
	readonly when: string;
	/** Lets it happen. */
	readonly arrange: (world: CauseWorld) => unknown;
	readonly org?: NewOrg;
	/** Object that is asked for; Lead unless given. */
	readonly object?: string;
	/** Who starts the check: a person, unless given. */
	readonly mode?: 'trigger';
	/** Why it is not so yet; the row fails as soon as it is. */
	readonly gap?: string;
	/** What the words must contain. */
	readonly words?: RegExp;
}
