export { CrmSalesforceOAuth2Api } from './credentials/CrmSalesforceOAuth2Api.credentials';
export { CrmConnection } from './nodes/CrmConnection/CrmConnection.node';
export { CrmLeadSync } from './nodes/CrmLeadSync/CrmLeadSync.node';
