import type { CrmAdapter } from '../../model/crmAdapter';
import { CrmError } from '../../model/crmError';

/** What the calls of one run showed about its sign-in. */
export interface Watch {
	/** The adapter, watched. */
	readonly adapter: CrmAdapter;
	/** The last failure that says something about the sign-in or the way to the CRM, unless the CRM has answered well since. */
	failure(): CrmError | undefined;
	/** Whether the CRM answered anything at all to this sign-in. */
	answered(): boolean;
}

/** Failures of single records say nothing about the sign-in. */
const telling = ['auth', 'unavailable', 'permission', 'throttled'];

/**
 * Lets every call pass, unless `mayGoOn` throws before a search, and remembers how the last one ended: a push hands failures of its writes out as results, so nobody else would
 * notice that the sign-in ended in the middle of it.
 */
export function watchAdapter(adapter: CrmAdapter, mayGoOn: () => Promise<void> = async () => undefined): Watch {
	let failure: CrmError | undefined;
	let answered = false;
	const wentWell = (): void => {
		failure = undefined;
		answered = true;
	};
	const failed = (error: unknown): void => {
		if (error instanceof CrmError && telling.includes(error.kind)) failure = error;
	};
	async function watched<T>(call: Promise<T>): Promise<T> {
		try {
			const answer = await call;
			wentWell();
			return answer;
		} catch (error) {
			failed(error);
			throw error;
		}
	}
	const watchedAdapter: CrmAdapter = {
		...adapter,
		identify: () => watched(adapter.identify()),
		listEntities: () => watched(adapter.listEntities()),
		describe: (entity, fresh) => watched(adapter.describe(entity, fresh)),
		findOwners: (entity, names) => watched(adapter.findOwners(entity, names)),
		async *match(queries) {
			await mayGoOn();
			try {
				yield* adapter.match(queries);
				wentWell();
			} catch (error) {
				failed(error);
				throw error;
			}
		},
		async write(batch) {
			const outcomes = await watched(adapter.write(batch));
			const refusal = outcomes.find((outcome) => outcome.status !== 'applied' && (outcome.error.kind === 'auth' || outcome.error.kind === 'unavailable'));
			if (refusal && refusal.status !== 'applied') failed(refusal.error);
			return outcomes;
		},
	};
	return { adapter: watchedAdapter, failure: () => failure, answered: () => answered };
}
