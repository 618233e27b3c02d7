import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import type { IConnections, INode, IWorkflowSettings } from 'n8n-workflow';

const folder = join(__dirname, '..', '..', 'templates');

/** A workflow as it is published for import. */
export interface Template {
	readonly name: string;
	readonly nodes: INode[];
	readonly connections: IConnections;
	readonly settings?: IWorkflowSettings;
}

export const templateFiles: readonly string[] = readdirSync(folder).filter((file) => file.endsWith('.json'));

export function readTemplate(file: string): Template {
	return JSON.parse(readFileSync(join(folder, file), 'utf8')) as Template;
}
