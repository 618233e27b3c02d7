/** A user of one environment: a person with a licence, or an application user. */
export interface SystemUser {
	/** The systemuserid. */
	readonly id: string;
	/** The object id in Entra ID of the person or of the service principal. */
	readonly objectId: string;
	/** The app id of an application user. */
	readonly applicationId: string | undefined;
	readonly name: string;
	readonly upn: string;
	/** System administrators pass column security and may come in while the environment is in administration mode. */
	readonly administrator: boolean;
}
