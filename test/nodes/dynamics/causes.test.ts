import { describeCauses } from './describeCauses';
import { appRows } from './rowsOfApp';
import { personRows } from './rowsOfPerson';

describeCauses('an app that signs in to Dynamics 365', appRows);
describeCauses('a person who signed in to Dynamics 365', personRows);
