import type { IExecuteFunctions } from 'n8n-workflow';

import { StateStoreError } from '../../model/stateStoreError';
import { htmlText } from '../htmlText';

/** Stores what a run left behind. What it did stays done, so a state store that fails now is told to the person and is no error. */
export async function toldWhereLost<T>(context: IExecuteFunctions, store: () => Promise<T>): Promise<T | undefined> {
	try {
		return await store();
	} catch (error) {
		if (!(error instanceof StateStoreError)) throw error;
		const message = htmlText(`What this run did is done, but could not be remembered: ${error.message} ${error.remedy}`);
		context.addExecutionHints({ message, type: 'warning', location: 'outputPane' });
		return undefined;
	}
}
