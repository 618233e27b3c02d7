import { NodeOperationError, type IExecuteFunctions, type INodeExecutionData } from 'n8n-workflow';

import type { WishOutcome } from '../../connections/registry/registryTypes';
import { activate, pause, remove } from '../../connections/registry/wishes';
import type { Connection } from '../../model/connection';
import type { Stored } from '../../model/stateStore';
import { inRun, type OpenRun } from '../runs/inRun';
import { activateUnknown } from './activateUnknown';
import { detailsItem, itemsOrError } from './connectionItems';
import { ownConnection } from './ownConnection';
import { decideAndStore } from './registryAccess';

type Wish = (connection: Stored<Connection>, now: string) => WishOutcome;

/** The operation Pause: no node of the package calls the org until it is activated. */
export async function pauseConnection(context: IExecuteFunctions): Promise<INodeExecutionData[]> {
	return await itemsOrError(context, async () => await changeConnection(context, 'pause', pause));
}

/** The operation Activate. It alone may call the org of a paused connection: where the credential is new and has to show what it reaches. */
export async function activateConnection(context: IExecuteFunctions): Promise<INodeExecutionData[]> {
	return await itemsOrError(context, async () => await changeConnection(context, 'activate', activate, activateUnknown));
}

/** The operation Delete: the connection leaves the list; history, links and settings stay. */
export async function deleteConnection(context: IExecuteFunctions): Promise<INodeExecutionData[]> {
	return await itemsOrError(context, async () => await changeConnection(context, 'delete', remove));
}

/** Does to the connection of the node's credential what a person wishes, and shows how it is then. */
export async function changeConnection(context: IExecuteFunctions, operation: string, wish: Wish, find: (run: OpenRun) => Promise<Stored<Connection>> = ownConnection): Promise<INodeExecutionData[]> {
	const connectWith = String(context.getNodeParameter('connectWith', 0));
	return await inRun(context, { operation, connectWith }, async (run) => {
		const { id } = (await find(run)).value;
		const { connections } = run.store;
		const outcome = await decideAndStore(
			run.store,
			async () => (await connections.find(id)) as Stored<Connection>,
			(connection) => decided(wish(connection, new Date().toISOString())),
		);
		if (!outcome.done) throw new NodeOperationError(context.getNode(), outcome.words, { description: outcome.whatToDo });
		const changed = (await connections.find(id)) as Stored<Connection>;
		run.report({ outcome: 'succeeded', words: `${said[operation]} "${changed.value.name}".` });
		return await detailsItem(context, run.store, changed.value);
	});
}

const said: Readonly<Record<string, string>> = { pause: 'Paused', activate: 'Activated', delete: 'Deleted', update: 'Changed the settings of' };

/** A wish that is refused has nothing to store. */
function decided(outcome: WishOutcome): WishOutcome & { readonly changes?: Extract<WishOutcome, { done: true }>['changes'] } {
	return outcome;
}
