import type { RunOutcome } from '../../model/runHistory';

/** How each outcome reads with the counted results, and without any. */
const sentences: Readonly<Record<RunOutcome, { readonly counted: (results: string) => string; readonly empty: string }>> = {
	running: { counted: (results) => `${results} so far.`, empty: 'Not finished.' },
	succeeded: { counted: (results) => `${results}.`, empty: 'Nothing to do.' },
	needsAttention: { counted: (results) => `${results}.`, empty: 'Something waits for a person.' },
	notRun: { counted: (results) => `${results}; not run.`, empty: 'Not run.' },
	failed: { counted: (results) => `${results}, then it failed.`, empty: 'Failed.' },
};

/** A run in a sentence: "3 created, 1 refused." Results (`needsAttention`) come in the order given, those that are 0 left out. */
export function runWords(outcome: RunOutcome, counts: Readonly<Record<string, number>>): string {
	const results = Object.entries(counts)
		.filter(([, count]) => count > 0)
		.map(([result, count]) => `${count} ${spoken(result, count)}`);
	return results.length > 0 ? sentences[outcome].counted(results.join(', ')) : sentences[outcome].empty;
}

function spoken(result: string, count: number): string {
	if (result === 'needsAttention') return count === 1 ? 'needs attention' : 'need attention';
	return result.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}
