import type { SyncResult, SyncStep } from '../../../src/sync/run/syncTypes';

/** A plan, or what came of it, in short lines: `update crm L-2 phone`, `hold A-3 conflict phone`. */
export function told(results: readonly SyncResult[]): string {
	const lines = results.flatMap((result) => result.steps.map((step) => line(step, result)));
	return `\n${lines.map((one) => `${one}\n`).join('')}`;
}

function line(step: SyncStep, { appId, crmId }: SyncResult): string {
	const record = appId ?? crmId ?? 'nobody';
	switch (step.do) {
		case 'create':
			return `create crm ${crmId ?? 'new'} from ${appId ?? 'form'}`;
		case 'update':
			return `update crm ${crmId} ${[...step.fields].sort().join('+')}`;
		case 'deliver':
			return `${step.delivery.kind} app ${step.delivery.appId ?? `new from ${crmId}`}${fields(step.delivery.values)}${step.delivery.again ? ' again' : ''}`;
		case 'hold':
			return `hold ${record} ${step.hold.reason}${step.hold.field && ` ${step.hold.field}`}${step.hold.candidates.length > 0 ? ` (${step.hold.candidates.join(', ')})` : ''}`;
		case 'link':
		case 'unlink':
		case 'revive':
			return `${step.do} ${appId ?? '-'} ${crmId ?? '-'}`;
		case 'report':
			return `report ${record}`;
		default:
			return `${step.do} ${record} ${step.code ?? ''}`.trimEnd();
	}
}

function fields(values: Readonly<Record<string, unknown>>): string {
	const names = Object.keys(values).sort();
	return names.length > 0 ? ` ${names.join('+')}` : '';
}

/** The plan as lines in any order; ids that are given only by doing it are left out. */
export function planned(results: readonly SyncResult[], given: ReadonlySet<unknown> = new Set()): string[] {
	const lines = told(results.map((result) => (given.has(result.crmId) ? { ...result, crmId: null } : result))).split('\n');
	return lines.map((line) => line.replace(/^create crm \S+/, 'create crm new').replace(/^link (\S+) \S+/, 'link $1')).sort();
}
