import { causes } from './causes';
import type { Effect } from './diagnosis';

const effects: ReadonlyMap<string, Effect> = new Map(causes.map(({ cause, effect }) => [cause, effect]));

/** What a cause means for the sign-in that failed by it; of a name that is not in the table, nothing. */
export function effectOf(cause: string): Effect {
	return effects.get(cause) ?? 'none';
}

/** The causes after which a password is not sent again by itself, only when the credential was changed or a person asks for it. */
export const passwordCauses: readonly string[] = causes.filter(({ neverRepeat }) => neverRepeat).map(({ cause }) => cause);
