import type { INode } from 'n8n-workflow';

/** Where a node of a workflow listens. */
export interface Listening {
	/** The path parameter of the node; without it the node's own id is the path. */
	readonly path?: string;
	/** The address that is live while the editor waits for one test call. */
	readonly test?: boolean;
}

/** The address of a webhook node or trigger that uses its path as it is (`isFullPath`). */
export function webhookUrl(baseUrl: string, node: Pick<INode, 'webhookId'>, { path, test = false }: Listening = {}): string {
	return `${baseUrl}/webhook${test ? '-test' : ''}/${path ?? node.webhookId}`;
}

/** The address of n8n's Form Trigger. */
export function formUrl(baseUrl: string, node: Pick<INode, 'webhookId' | 'parameters'>, { path, test = false }: Listening = {}): string {
	return `${baseUrl}/form${test ? '-test' : ''}/${path ?? node.webhookId}`;
}

/** Fills in and sends an n8n form as a browser does: the values in the order of the fields. Returns n8n's answer. */
export async function submitForm(url: string, values: readonly string[]): Promise<Response> {
	const form = new FormData();
	values.forEach((value, index) => form.append(`field-${index}`, value));
	return await fetch(url, { method: 'POST', body: form });
}
