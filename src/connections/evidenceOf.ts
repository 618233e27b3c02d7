import type { CrmError } from '../model/crmError';
import type { CheckStep, Evidence, SignInKind } from './diagnosis';

/** What is known around a failure. Whatever is left out is not known, and then nothing is concluded from it. */
export interface KnownBefore {
	readonly step: CheckStep;
	readonly crmName: string;
	/** Object that was asked for, in the step `describe`. */
	readonly entity?: string;
	readonly signInKind?: SignInKind;
	/** When the sign-in last worked, as stored; ISO 8601, as all times here. */
	readonly lastWellAt?: string | null;
	/** Somebody changed the credential since then: what worked was another one. */
	readonly credentialChanged?: boolean;
	readonly unreachableSince?: string | null;
	/** When it failed. */
	readonly now?: string;
	readonly sandboxHost?: boolean;
}

const dayMs = 24 * 60 * 60 * 1000;

/** Puts together what a diagnosis is made from: the failure, and what was known before it. */
export function evidenceOf(error: CrmError, known: KnownBefore): Evidence {
	const { kind, code, reason, httpStatus, transient, message, remedy } = error;
	const { step, crmName, entity, signInKind, sandboxHost } = known;
	return {
		...{ step, kind, code, reason, httpStatus, transient, message, remedy, crmName, entity, signInKind, sandboxHost },
		workedBefore: workedBefore(known),
		unreachableSince: known.unreachableSince ?? undefined,
	};
}

function workedBefore({ lastWellAt, credentialChanged, now }: KnownBefore): Evidence['workedBefore'] {
	if (!lastWellAt || credentialChanged) return undefined;
	if (now === undefined) return { lastWellAt };
	return { lastWellAt, daysAgo: Math.max(0, Math.floor((Date.parse(now) - Date.parse(lastWellAt)) / dayMs)) };
}
