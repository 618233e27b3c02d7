import { describeRows } from './describeRows';
import { refusedRenewalRows, savedSignInRows } from './rowsOfSavedSignIn';

describeRows('a sign-in that a person has given', savedSignInRows);
describeRows('a renewal that is refused', refusedRenewalRows);
