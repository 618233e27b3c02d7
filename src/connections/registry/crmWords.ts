import type { CrmKind } from '../../model/crmAdapter';

/** How people call a CRM, and what is connected there. */
export const crmWords: Readonly<Record<CrmKind, { readonly name: string; readonly org: string }>> = {
	salesforce: { name: 'Salesforce', org: 'org' },
	dynamics: { name: 'Dynamics 365', org: 'environment' },
};
