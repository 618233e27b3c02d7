/** What a person chooses as the type of an environment: one of Microsoft's clouds, or addresses of its own. */
export type EnvironmentType = 'public' | 'gcc' | 'gccHigh' | 'dod' | 'china' | 'custom';

/** Where one of Microsoft's clouds signs people and apps in, and lists environments. */
export interface Cloud {
	/** Origin of the sign-in service. */
	readonly authority: string;
	/** Origin of Global Discovery. */
	readonly discovery: string;
}

/**
 * Sign-in: https://learn.microsoft.com/en-us/entra/identity-platform/authentication-national-cloud#microsoft-entra-authentication-endpoints
 * Discovery: https://learn.microsoft.com/en-us/power-apps/developer/data-platform/discovery-service#global-discovery-service
 * GCC signs in at the public cloud: https://learn.microsoft.com/en-us/power-platform/admin/microsoft-dynamics-365-government
 */
export const clouds: Readonly<Record<Exclude<EnvironmentType, 'custom'>, Cloud>> = {
	public: { authority: 'https://login.microsoftonline.com', discovery: 'https://globaldisco.crm.dynamics.com' },
	gcc: { authority: 'https://login.microsoftonline.com', discovery: 'https://globaldisco.crm9.dynamics.com' },
	gccHigh: { authority: 'https://login.microsoftonline.us', discovery: 'https://globaldisco.crm.microsoftdynamics.us' },
	dod: { authority: 'https://login.microsoftonline.us', discovery: 'https://globaldisco.crm.appsplatform.us' },
	china: { authority: 'https://login.partner.microsoftonline.cn', discovery: 'https://globaldisco.crm.dynamics.cn' },
};

/** The type that a credential names; the public cloud where it names none. */
export function environmentType(value: unknown): EnvironmentType {
	return value === 'custom' || (typeof value === 'string' && Object.hasOwn(clouds, value)) ? (value as EnvironmentType) : 'public';
}
