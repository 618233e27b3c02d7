import type { IExecuteFunctions, ILoadOptionsFunctions, IPollFunctions } from 'n8n-workflow';

/** The n8n contexts in which a CRM can be reached. */
export type CrmContext = IExecuteFunctions | ILoadOptionsFunctions | IPollFunctions;
