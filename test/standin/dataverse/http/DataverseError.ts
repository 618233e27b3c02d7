/** A refusal of the Web API: HTTP status, hexadecimal code and text. https://learn.microsoft.com/en-us/power-apps/developer/data-platform/webapi/compose-http-requests-handle-errors */
export class DataverseError extends Error {
	constructor(
		readonly status: number,
		readonly code: string,
		message: string,
		readonly headers: Readonly<Record<string, string>> = {},
	) {
		super(message);
	}

	/** The body; the extra members come with `Prefer: odata.include-annotations="*"`. */
	body(annotated = false): object {
		const prefix = '@Microsoft.PowerApps.CDS.';
		const extra = annotated
			? {
					[`${prefix}ErrorDetails.OperationStatus`]: '0',
					[`${prefix}HelpLink`]: `http://go.microsoft.com/fwlink/?LinkID=398563&error=${this.code}`,
					[`${prefix}InnerError.Message`]: this.message,
				}
			: {};
		return { error: { code: this.code, message: this.message, ...extra } };
	}
}

/** 404 for a record that is not there. */
export const doesNotExist = (table: string, id: string): DataverseError => new DataverseError(404, '0x80040217', `${table} With Id = ${id} Does Not Exist`);

/** 400 for a query or address the service cannot read. */
export const badQuery = (message: string): DataverseError => new DataverseError(400, '0x80060888', message);

/** 404 for a path that leads nowhere. */
export const noSegment = (segment: string): DataverseError => new DataverseError(404, '0x80060888', `Resource not found for the segment '${segment}'.`);

/** 400 for a body the service cannot read. */
export const badPayload = (setName: string, why: string): DataverseError =>
	new DataverseError(
		400,
		'0x80048d19',
		`Error identified in Payload provided by the user for Entity :'${setName}', For more information on this error please follow this help link https://go.microsoft.com/fwlink/?linkid=2195293  ---->  InnerException : Microsoft.OData.ODataException: ${why}`,
	);
