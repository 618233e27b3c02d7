import type { Connection, ConnectionStatus } from '../../model/connection';
import type { Stored } from '../../model/stateStore';
import { changeOf, changesOf } from './changeOf';
import type { ConnectionSettings, WishOutcome } from './registryTypes';

const NAME_LENGTH = 100;
const DESCRIPTION_LENGTH = 1000;

/** From now on nothing is sent to the CRM through this connection, by whichever credential, until a person activates it. */
export function pause(connection: Stored<Connection>, now: string): WishOutcome {
	return withStatus(connection, 'paused', now);
}

/** Ends a pause. Whether the sign-ins are well is another matter. */
export function activate(connection: Stored<Connection>, now: string): WishOutcome {
	return withStatus(connection, 'active', now);
}

/** Takes the connection off the lists. Settings, history and links stay, and come back with its next use. */
export function remove(connection: Stored<Connection>, now: string): WishOutcome {
	return store(connection, { deletedAt: connection.value.deletedAt ?? now });
}

/** Changes what is given and leaves the rest; refused as a whole when one of it cannot be. A name like that of the org follows the org. */
export function update(connection: Stored<Connection>, settings: Partial<ConnectionSettings>): WishOutcome {
	const { name, description, runAutomatically, apiBudgetPercent } = settings;
	const oneLine = name?.replace(/\s+/g, ' ').trim();
	const text = description?.trim();
	const refused = refusedName(oneLine) ?? refusedDescription(text) ?? refusedBudget(apiBudgetPercent);
	if (refused) return refused;
	return store(connection, {
		...(oneLine === undefined ? {} : { name: oneLine }),
		...(text === undefined ? {} : { description: text }),
		...(runAutomatically === undefined ? {} : { runAutomatically }),
		...(apiBudgetPercent === undefined ? {} : { apiBudgetPercent }),
	});
}

function withStatus(connection: Stored<Connection>, status: ConnectionStatus, now: string): WishOutcome {
	return connection.value.status === status ? { done: true } : store(connection, { status, statusSince: now });
}

function store(connection: Stored<Connection>, differences: Partial<Connection>): WishOutcome {
	const changes = changesOf(changeOf(connection, { ...connection.value, ...differences }), []);
	return changes ? { done: true, changes } : { done: true };
}

function refusedName(name: string | undefined): WishOutcome | undefined {
	if (name === undefined) return undefined;
	if (!/[\p{L}\p{N}\p{P}\p{S}]/u.test(name)) return { done: false, words: 'The name of the connection is empty.', whatToDo: 'Give a name that people recognise.' };
	return tooLong('name', name, NAME_LENGTH) ?? unprintable('name', name);
}

function refusedDescription(description: string | undefined): WishOutcome | undefined {
	if (description === undefined) return undefined;
	return tooLong('description', description, DESCRIPTION_LENGTH) ?? unprintable('description', description.replace(/[\r\n\t]/g, ''));
}

function refusedBudget(percent: number | null | undefined): WishOutcome | undefined {
	if (percent === undefined || percent === null || (Number.isInteger(percent) && percent >= 1 && percent <= 100)) return undefined;
	return {
		done: false,
		words: `The API budget is ${String(percent)}, but it is a whole percentage from 1 to 100 of the calls that the CRM allows in a day.`,
		whatToDo: 'Give a number from 1 to 100, or none for no limit.',
	};
}

function tooLong(what: string, text: string, limit: number): WishOutcome | undefined {
	if (text.length <= limit) return undefined;
	return { done: false, words: `The ${what} of the connection has ${text.length} characters; at most ${limit} are kept.`, whatToDo: `Shorten the ${what}.` };
}

function unprintable(what: string, text: string): WishOutcome | undefined {
	if (!/[\p{Cc}\u202A-\u202E\u2066-\u2069]/u.test(text)) return undefined;
	return { done: false, words: `The ${what} of the connection holds characters that cannot be shown.`, whatToDo: `Type the ${what} instead of pasting it.` };
}
