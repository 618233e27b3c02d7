import { StateStoreError } from '../model/stateStoreError';

/** What was stored as JSON. */
export function fromJson<T>(text: string): T {
	try {
		return JSON.parse(text) as T;
	} catch (error) {
		throw new StateStoreError(
			'corrupt',
			'An entry of the state store cannot be read: somebody or something changed it.',
			'Restore the state store from a backup.',
			error,
		);
	}
}
