import type { CrmAdapter } from '../../../src/model/crmAdapter';
import type { PushResult } from '../../../src/sync/push/pushTypes';
import { runPush } from '../../../src/sync/push/runPush';
import { defaults, type Input, type PushOptions } from '../../sync/pushing';

/** Pushes inputs through the engine into leads, found by their e-mail unless told otherwise, in pages of a thousand. */
export async function pushThrough(adapter: CrmAdapter, inputs: readonly Input[], more: PushOptions = {}): Promise<readonly PushResult[]> {
	const settings = { ...defaults, entity: 'lead', matchField: 'emailaddress1', ...more };
	const mapped = [...new Set(inputs.flatMap((values) => Object.keys(values)))];
	const pages = (async function* () {
		for (let start = 0; start < inputs.length; start += 1_000) yield await Promise.resolve(inputs.slice(start, start + 1_000).map((values, at) => ({ index: start + at, values })));
	})();
	const results: PushResult[] = [];
	for await (const page of runPush({ adapter, settings, description: await adapter.describe(settings.entity), mapped, pages })) for (const result of page) results.push(result);
	return results;
}
