import { causes } from '../../../src/connections/causes';
import { appRows } from '../dynamics/rowsOfApp';
import { personRows } from '../dynamics/rowsOfPerson';
import { describeRows } from './describeRows';
import { apiRows, reachRows } from './rowsOfApi';
import { passwordRows } from './rowsOfPassword';
import { refusedRenewalRows, savedSignInRows } from './rowsOfSavedSignIn';
import { clientCredentialsRows, signedRequestRows } from './rowsOfServer';

describeRows('a sign-in by the secret of the app', clientCredentialsRows);
describeRows('a sign-in by a signed request', signedRequestRows);

it('each row of the table of causes is driven by one of these', () => {
	const driven = [...savedSignInRows, ...refusedRenewalRows, ...passwordRows, ...clientCredentialsRows, ...signedRequestRows, ...apiRows, ...reachRows, ...appRows, ...personRows].map(({ cause }) => cause);
	expect(causes.map(({ cause, certainty }) => `${certainty}: ${cause}`).filter((cause) => !driven.includes(cause))).toEqual([]);
});
