export { CrmDynamicsAppApi } from './credentials/CrmDynamicsAppApi.credentials';
export { CrmDynamicsOAuth2Api } from './credentials/CrmDynamicsOAuth2Api.credentials';
export { CrmSalesforceOAuth2Api } from './credentials/CrmSalesforceOAuth2Api.credentials';
export { CrmSalesforceServerApi } from './credentials/CrmSalesforceServerApi.credentials';
export { CrmSalesforceTokenApi } from './credentials/CrmSalesforceTokenApi.credentials';
export { CrmConnection } from './nodes/CrmConnection/CrmConnection.node';
export { CrmLeadSync } from './nodes/CrmLeadSync/CrmLeadSync.node';
