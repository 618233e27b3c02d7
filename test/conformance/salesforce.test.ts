import { describeCrmAdapter } from './describeCrmAdapter';
import { statementsOnChanges } from './readingChanges';
import { openSalesforceWorld } from './salesforceWorld';

describeCrmAdapter('Salesforce over the stand-in', openSalesforceWorld, { knownGaps: statementsOnChanges() });
