import type { SignInRefusal } from '../../../src/model/stateStore';
import { StateStoreError } from '../../../src/model/stateStoreError';
import type { GuardTools } from '../../../src/n8n/signIn/passwordGuard';
import type { SignInMemory } from '../../../src/n8n/signIn/signInMemory';

/** A memory of sign-ins as several processes share it, with a clock that a test moves. */
export class FakeMemory {
	now = Date.parse('2026-01-31T12:00:00Z');
	readonly refusals = new Map<string, SignInRefusal>();
	/** Scope of each lease that is held, and its owner. */
	readonly held = new Map<string, string>();
	readonly pauses: number[] = [];
	keyId = 'k';
	/** The key that the store knows. */
	knownKey = 'k';
	failing: 'open' | 'remember' | undefined;
	/** Runs while somebody waits for a lease. */
	meanwhile: () => void = () => undefined;

	readonly tools: GuardTools = {
		now: () => this.now,
		pause: async (milliseconds) => {
			this.pauses.push(milliseconds);
			this.meanwhile();
			await Promise.resolve();
		},
		openMemory: async () => {
			if (this.failing === 'open') throw this.error();
			return await Promise.resolve(this.memory());
		},
	};

	private error(): StateStoreError {
		return new StateStoreError('locked', 'The state store is locked.', 'Close the other program.');
	}

	private memory(): SignInMemory {
		return {
			key: { id: this.keyId, secret: new Uint8Array(32) },
			keys: {
				recognize: async (keyId) => await Promise.resolve(keyId === this.knownKey ? 'same' : 'changed'),
				adopt: async (keyId) => void (await Promise.resolve((this.knownKey = keyId))),
			},
			refusals: {
				find: async (fingerprint) => await Promise.resolve(this.refusals.get(fingerprint)),
				remember: async (refusal) => {
					if (this.failing === 'remember') throw this.error();
					await Promise.resolve(this.refusals.set(refusal.fingerprint, refusal));
				},
				forget: async (fingerprint) => void (await Promise.resolve(this.refusals.delete(fingerprint))),
			},
			leases: {
				acquire: async (scope, owner) => {
					if ((this.held.get(scope) ?? owner) !== owner) return await Promise.resolve(undefined);
					this.held.set(scope, owner);
					return { scope, owner, fence: 1, expiresAt: '' };
				},
				isHeld: async ({ scope, owner }) => await Promise.resolve(this.held.get(scope) === owner),
				release: async ({ scope }) => void (await Promise.resolve(this.held.delete(scope))),
			},
		};
	}
}
