import { describeCrmAdapter } from './describeCrmAdapter';
import { openSalesforceWorld } from './salesforceWorld';

describeCrmAdapter('Salesforce over the stand-in', openSalesforceWorld);
