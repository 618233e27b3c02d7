import type { ConflictPolicy } from '../mapping/mapping';
import type { FieldDecision, Reason, Travel } from './fieldDecision';

const WHY: Readonly<Record<Reason, string>> = {
	nothingToCompare: 'Only one side shows this field, and it was never settled, so there is nothing to compare',
	crmNotRead: 'The app changed it while a value of the CRM was on its way, and the CRM’s value was not read',
	delivered: 'The app shows what was sent to it',
	unchanged: 'Nothing changed since it was last settled',
	adopted: 'Both sides have the same value',
	agreed: 'Both sides now have the same value',
	personDecided: 'A person decided',
	baseLost: 'Both sides differ, and it is no longer known which of them changed',
	filledApp: 'Only the CRM has a value',
	filledCrm: 'Only the app has a value',
	firstMatch: 'Both sides differ and meet for the first time',
	cameFromApp: 'The app changed it',
	cameFromCrm: 'The CRM changed it',
	takenBack: 'The CRM is back at its former value after another one was sent to the app',
	conflict: 'Both sides changed it, differently',
};

const BY: Readonly<Record<ConflictPolicy, string>> = {
	preferCrm: 'the CRM is preferred',
	preferApp: 'the app is preferred',
	mostRecent: 'the most recent record counts',
	fillBlanks: 'only blanks are filled',
	hold: 'a person is to decide',
};

const WINNER = { app: 'the app’s value counts', crm: 'the CRM’s value counts' } as const;

const GOES = { app: 'it goes to the CRM', crm: 'it goes to the app' } as const;

const THEN: Readonly<Record<Exclude<Travel, 'sent'>, string>> = {
	againstDirection: 'the mapping does not send it there, so both sides stay as they are',
	onlyOnCreate: 'the CRM takes this field only for new records, so both sides stay as they are',
	notOnCreate: 'the CRM does not take this field for new records, so it follows with the next run',
	blankKept: 'the mapping does not remove values, so both sides stay as they are',
	cannotBeEmpty: 'but the CRM does not let it be empty, so it waits for a person',
	doesNotFit: 'but it does not fit the CRM’s field, so it waits for a person',
	noMapping: 'but the value map has no line for it, so it waits for a person',
	awaited: 'it was sent to the app, which has not shown it since',
	notShown: 'but the app does not show it although it was sent several times, so it waits for a person',
	sentAgain: 'the app does not show it yet, so it is sent again',
	waits: 'but the CRM refused it, so it waits',
};

/** Why the plan does what it does with a field, in one sentence. Holds no value. */
export function explain({ reason, policy, winner, travel, action }: FieldDecision): string {
	const parts = [WHY[reason]];
	if (policy) parts.push(BY[policy]);
	if (winner && (policy || reason === 'personDecided')) parts.push(WINNER[winner]);
	if (travel) parts.push(travel === 'sent' ? GOES[winner!] : THEN[travel]);
	else if (policy === 'fillBlanks' || (reason === 'personDecided' && action === 'none')) parts.push('both sides stay as they are');
	else if (reason === 'baseLost') parts.push('so it waits for a person');
	return `${parts.join('; ')}.`;
}
