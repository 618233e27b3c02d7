import { describeRows } from './describeRows';
import { passwordRows } from './rowsOfPassword';

describeRows('a sign-in with user name and password', passwordRows);
