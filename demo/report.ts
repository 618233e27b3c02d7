import Table from 'cli-table3';
import type { IDataObject } from 'n8n-workflow';
import type { Submission } from './submissions';

/** What CRM Lead Sync said of one submission. */
export interface Answer {
	readonly submission: Submission;
	/** Calls are those that the CRM counted for it. */
	readonly perCrm: ReadonlyArray<{ readonly crm: string; readonly result: IDataObject; readonly calls: number }>;
}

const WIDTH = 62;

/** The answers as a table for a person to read. */
export function reportTable(answers: readonly Answer[]): string {
	const table = new Table({
		head: ['Form submission', 'CRM', 'Result', 'What CRM Lead Sync says', 'Calls'],
		colWidths: [32, 14, 16, WIDTH, 7],
		wordWrap: true,
		style: { head: ['cyan'] },
	});
	for (const { submission, perCrm } of answers) {
		const [first, last, email] = submission.values;
		const person = { rowSpan: perCrm.length, content: `${first} ${last}\n${email.trim()}\n(${submission.story})` };
		perCrm.forEach(({ crm, result, calls }, at) => table.push([...(at === 0 ? [person] : []), crm, String(result.result), says(result), String(calls)]));
	}
	return table.toString();
}

function says(result: IDataObject): string {
	const changed = (result.changedFields as string[] | undefined) ?? [];
	const links = [result.recordUrl, ...((result.candidates as IDataObject[] | undefined) ?? []).map(({ recordUrl }) => recordUrl)].filter(Boolean).map(inLines);
	return [result.message, ...(changed.length > 0 ? [`Fields: ${changed.join(', ')}`] : []), ...links].map(String).join('\n');
}

/** The table cuts off words that are wider than their column. */
function inLines(link: unknown): string {
	return String(link).replace(new RegExp(`.{${WIDTH - 2}}(?=.)`, 'g'), '$&\n');
}
