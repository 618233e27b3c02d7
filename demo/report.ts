import Table from 'cli-table3';
import type { IDataObject } from 'n8n-workflow';
import type { Submission } from './submissions';

/** What CRM Lead Sync said of one submission. */
export interface Answer {
	readonly submission: Submission;
	readonly result: IDataObject;
	/** API calls that Salesforce counted for it. */
	readonly calls: number;
}

/** The answers as a table for a person to read. */
export function reportTable(answers: readonly Answer[]): string {
	const table = new Table({ head: ['Form submission', 'Result', 'What CRM Lead Sync says', 'Calls'], colWidths: [34, 16, 66, 7], wordWrap: true, style: { head: ['cyan'] } });
	for (const { submission, result, calls } of answers) {
		const [first, last, email] = submission.values;
		table.push([`${first} ${last}\n${email.trim()}\n(${submission.story})`, String(result.result), says(result), String(calls)]);
	}
	return table.toString();
}

function says(result: IDataObject): string {
	const changed = (result.changedFields as string[] | undefined) ?? [];
	const links = [result.recordUrl, ...((result.candidates as IDataObject[] | undefined) ?? []).map(({ recordUrl }) => recordUrl)].filter(Boolean);
	return [result.message, ...(changed.length > 0 ? [`Fields: ${changed.join(', ')}`] : []), ...links].map(String).join('\n');
}
