import { randomUUID } from 'node:crypto';

import { notSentAgain, onPurpose } from '../../connections/notSentAgain';
import { CrmError } from '../../model/crmError';
import type { Lease, LeaseStore, SignInRefusal } from '../../model/stateStore';
import { StateStoreError } from '../../model/stateStoreError';
import { keyedFingerprint } from '../keyedFingerprint';
import { processWide } from './processWide';
import { refusalCode, refusalDetails, type Sender } from './refusalCode';
import type { SignInMemory } from './signInMemory';

/** A sign-in that sends a password. */
export interface PasswordAttempt<T> {
	/** Everything that is sent. */
	readonly content: readonly string[];
	readonly crmName: string;
	/** Whether one that was refused may be tried once more; asked only when there is one. */
	readonly mayRepeat: () => boolean;
	readonly sender: Sender;
	readonly attempt: () => Promise<T>;
}

/** What the guard needs of the world around it. */
export interface GuardTools {
	/** Throws `StateStoreError`. */
	readonly openMemory: () => Promise<SignInMemory>;
	/** Milliseconds since 1970. */
	readonly now: () => number;
	readonly pause: (milliseconds: number) => Promise<void>;
}

/** Longer than a sign-in takes at most. */
const leaseMs = 60_000;
const betweenTriesMs = 500;
/** How long after a refusal a person may have it sent again on purpose: the first one who asks after a run need not wait. */
const onPurposeAfterMs = 60_000;
/** And the form: n8n tests a credential whenever its form is opened, and a few refusals lock a user. */
const inFormAfterMs = 15 * 60_000;

/** Of this process: refusals that could not be stored, by fingerprint. */
const seen = processWide('unstoredRefusals', () => new Map<string, SignInRefusal>());

/**
 * Sends a password that was not refused before, and remembers it if it is refused now: sent again by itself, it could lock the user
 * out. Of several processes one tries, and the others learn what became of it. Without the memory no password is sent.
 *
 * @throws CrmError
 */
export async function guardPassword<T>(given: PasswordAttempt<T>, tools: GuardTools): Promise<T> {
	const { refusals, leases, key, keys } = await orNothingSent(tools.openMemory);
	const fingerprint = keyedFingerprint(key, given.content);
	const lease = await orNothingSent(async () => await leaseOf(leases, fingerprint, tools));
	try {
		const refused = seen.get(fingerprint) ?? (await orNothingSent(async () => await refusals.find(fingerprint)));
		const keyLost = (await orNothingSent(async () => await keys.recognize(key.id))) === 'changed';
		if (refused) checkRepeat(refused, given, tools.now());
		else if (keyLost && !given.mayRepeat()) throw memoryLost(given);
		const result = await given.attempt();
		if (keyLost) await keys.adopt(key.id).catch(ignored);
		if (refused) {
			seen.delete(fingerprint);
			await refusals.forget(fingerprint).catch(ignored);
		}
		return result;
	} catch (error) {
		if (isRefusal(error)) await remember(refusals, { fingerprint, ...detailsOf(error, given), refusedAt: new Date(tools.now()).toISOString() });
		throw error instanceof Remembered ? error.refusal : error;
	} finally {
		await leases.release(lease).catch(ignored);
	}
}

/** Told once more, so not to be remembered anew. */
class Remembered extends Error {
	constructor(readonly refusal: CrmError) {
		super(refusal.message);
	}
}

/** No answer, a server that fails or a limit say nothing about the password. */
function isRefusal(error: unknown): error is CrmError {
	return error instanceof CrmError && (error.kind === 'auth' || error.kind === 'permission');
}

function detailsOf({ message, remedy, code, reason = 'password-or-flow-refused' }: CrmError, { sender }: PasswordAttempt<unknown>): Pick<SignInRefusal, 'code' | 'words'> {
	return { code: refusalCode({ reason, code, sender }), words: [message, remedy].filter(Boolean).join(' ') };
}

async function remember(refusals: SignInMemory['refusals'], refusal: SignInRefusal): Promise<void> {
	try {
		await refusals.remember(refusal);
		seen.delete(refusal.fingerprint);
	} catch {
		// The refusal itself is what the person must learn; this process at least does not repeat it.
		seen.set(refusal.fingerprint, refusal);
	}
}

/** Lets a person try a refused sign-in again, but not in quick succession, whichever process it was refused in. */
function checkRepeat({ words, code: line, refusedAt }: SignInRefusal, { mayRepeat, crmName, sender }: PasswordAttempt<unknown>, now: number): void {
	const { reason, code, sender: former } = refusalDetails(line);
	const mayFrom = Date.parse(refusedAt) + waitOf(sender, former);
	// A clock that was put back must not hold anybody up for longer.
	const tooSoon = now < mayFrom && now >= Date.parse(refusedAt);
	if (!tooSoon && mayRepeat()) return;
	const remedy = `${crmName} refused this on ${minute(Date.parse(refusedAt))}. ${notSentAgain} ${wayOut(sender, { crmName, from: tooSoon ? minute(mayFrom + 59_999) : undefined })}`;
	throw new Remembered(new CrmError('auth', { message: words, remedy, code, reason }));
}

function waitOf(sender: Sender, former: Sender): number {
	if (sender === 'form') return inFormAfterMs;
	return former === 'run' ? 0 : onPurposeAfterMs;
}

function wayOut(sender: Sender, { crmName, from }: { readonly crmName: string; readonly from?: string }): string {
	if (sender === 'person') return `It was tried a moment ago: correct the credential, or wait until ${from ?? 'this run has ended'} before the next try.`;
	const inForm = sender === 'form' && from !== undefined ? `; the form tries it again from ${from} on` : '';
	return `Correct the credential; or, once what was wrong is put right in ${crmName}, ${onPurpose}${inForm}.`;
}

function minute(time: number): string {
	return `${new Date(time).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}

/** What was refused is remembered by fingerprints, and those of another key can be compared with nothing. */
function memoryLost({ crmName }: PasswordAttempt<unknown>): CrmError {
	return new CrmError('conflict', {
		message: 'No password was sent, because the key of this package has changed, so that it cannot be looked up whether the password has been refused before.',
		remedy: `Restore the key, or test the credential once in its form: as soon as ${crmName} takes it, the new key counts.`,
		code: 'SIGN_IN_MEMORY_LOST',
	});
}

async function leaseOf(leases: LeaseStore, fingerprint: string, { pause }: GuardTools): Promise<Lease> {
	const owner = randomUUID();
	for (let tries = 0; tries <= leaseMs / betweenTriesMs; tries += 1) {
		if (tries > 0) await pause(betweenTriesMs);
		const lease = await leases.acquire(`sign-in:${fingerprint}`, owner, leaseMs);
		if (lease) return lease;
	}
	throw new CrmError('unavailable', {
		message: 'Another process of n8n is signing in with this credential at the moment.',
		remedy: 'Try again in a minute.',
		code: 'SIGN_IN_BUSY',
		transient: true,
	});
}

async function orNothingSent<T>(lookUp: () => Promise<T>): Promise<T> {
	try {
		return await lookUp();
	} catch (error) {
		if (!(error instanceof StateStoreError)) throw error;
		throw new CrmError('unavailable', {
			message: `No password was sent, because it could not be looked up whether it has been refused before: ${error.message}`,
			remedy: error.remedy,
			code: 'SIGN_IN_MEMORY_CLOSED',
		});
	}
}

function ignored(): void {
	// A lease ends by itself, and a refusal that stays is asked about again.
}
