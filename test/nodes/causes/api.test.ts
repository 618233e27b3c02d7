import { describeRows } from './describeRows';
import { apiRows, reachRows } from './rowsOfApi';

describeRows('an org that refuses', apiRows);
describeRows('no usable answer', reachRows);
