import type { Connection, SignIn } from '../../model/connection';
import { onPurpose, sayingNotSentAgain } from '../notSentAgain';
import { crmWords } from './crmWords';
import { waitsForPerson } from './probe';
import type { Refusal, Trying } from './registryTypes';

/** Why a person's setting stops the try; `undefined` if none does. */
export function stoppedByPerson(connection: Connection, trying: Trying): Refusal | undefined {
	if (connection.status === 'paused') return paused(connection);
	if (!connection.runAutomatically && !trying.manual) return notAutomatic(connection);
	return undefined;
}

function paused({ name, crm }: Connection): Refusal {
	return {
		admitted: false,
		reason: 'paused',
		words: `The connection "${name}" is paused, so nothing was sent to ${crmWords[crm].name}.`,
		whatToDo: 'When it may be used again, activate it with the CRM Connection node.',
	};
}

function notAutomatic({ name }: Connection): Refusal {
	return {
		admitted: false,
		reason: 'notAutomatic',
		words: `The connection "${name}" is set not to run automatically, so this run did nothing.`,
		whatToDo: 'Run the workflow by hand, or let the connection run automatically again with the CRM Connection node.',
	};
}

/** Why an inactive sign-in is not tried now. */
export function inactive(connection: Connection, signIn: SignIn, trying: Trying): Refusal {
	const because = signIn.cause ? ` ${signIn.cause.words}` : '';
	return {
		admitted: false,
		reason: 'inactive',
		words: `The sign-in of the credential "${trying.credentialName}" to "${connection.name}" is inactive, so nothing was sent to ${crmWords[connection.crm].name}.${because}`,
		whatToDo: andThen(signIn.cause?.whatToDo ?? 'Open the credential and connect the account again.', waitsForPerson(signIn, trying)),
	};
}

function andThen(advice: string, waits: boolean): string {
	if (!waits) return `${advice} It is tried again by itself from time to time, and at once when you run the workflow by hand.`;
	const told = sayingNotSentAgain(advice);
	return told.includes(onPurpose) ? told : `${told} After that, ${onPurpose}.`;
}
