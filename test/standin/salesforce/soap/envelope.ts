import { XMLBuilder, XMLParser, XMLValidator } from 'fast-xml-parser';

/** The partner and the enterprise WSDL differ in their namespaces. */
export type Wsdl = 'partner' | 'enterprise';

/** A call as it was written: the operation's name, its parameters and the headers. Texts keep their spaces. */
export interface SoapCall {
	readonly operation: string;
	readonly parameters: Readonly<Record<string, unknown>>;
	readonly headers: Readonly<Record<string, unknown>>;
}

/** A SOAP fault. https://developer.salesforce.com/docs/atlas.en-us.api.meta/api/sforce_api_calls_concepts_core_data_objects.htm */
export class SoapFault extends Error {
	constructor(readonly code: string, message: string, readonly kind: 'LoginFault' | 'UnexpectedErrorFault' = 'UnexpectedErrorFault') {
		super(message);
	}
}

const parser = new XMLParser({ ignoreAttributes: true, removeNSPrefix: true, parseTagValue: false, trimValues: false, htmlEntities: true });
const builder = new XMLBuilder({ ignoreAttributes: false, attributeNamePrefix: '@', suppressBooleanAttributes: false, suppressEmptyNode: true });
const xsi = 'http://www.w3.org/2001/XMLSchema-instance';

const objectOf = (value: unknown): Readonly<Record<string, unknown>> => (typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {});

/** Reads an envelope; throws the fault of an unreadable one. */
export function readCall(xml: string): SoapCall {
	const { Envelope } = parsed(xml);
	const body = objectOf(objectOf(Envelope).Body);
	const operation = Object.keys(body).find((name) => name !== '#text');
	if (operation === undefined) throw new SoapFault('soapenv:Client', 'The request is no SOAP envelope with one operation');
	return { operation, parameters: objectOf(body[operation]), headers: objectOf(objectOf(Envelope).Header) };
}

function parsed(xml: string): Readonly<Record<string, unknown>> {
	try {
		return XMLValidator.validate(xml) === true ? objectOf(parser.parse(xml)) : {};
	} catch {
		return {};
	}
}

/** The envelope of a result; null members are written as `xsi:nil`. */
export const resultEnvelope = (wsdl: Wsdl, operation: string, result?: object): string =>
	envelope({ '@xmlns': `urn:${wsdl}.soap.sforce.com`, '@xmlns:xsi': xsi }, { [`${operation}Response`]: result === undefined ? '' : { result: withNils(result) } });

/** As recorded: faults of a sign-in bear the bare code, all others the code with a prefix. */
export function faultEnvelope(wsdl: Wsdl, { code, message, kind }: SoapFault): string {
	const said = { faultcode: kind === 'LoginFault' || code.includes(':') ? code : `sf:${code}`, faultstring: `${code}: ${message}` };
	const detail = { [`sf:${kind}`]: { '@xsi:type': `sf:${kind}`, 'sf:exceptionCode': code, 'sf:exceptionMessage': message } };
	return envelope({ '@xmlns:sf': `urn:fault.${wsdl}.soap.sforce.com`, '@xmlns:xsi': xsi }, { 'soapenv:Fault': code.includes(':') ? said : { ...said, detail } });
}

function envelope(namespaces: Readonly<Record<string, string>>, body: object): string {
	const content = { 'soapenv:Envelope': { '@xmlns:soapenv': 'http://schemas.xmlsoap.org/soap/envelope/', ...namespaces, 'soapenv:Body': body } };
	return `<?xml version="1.0" encoding="UTF-8"?>${builder.build(content)}`;
}

function withNils(value: object): object {
	const nil = (member: unknown): unknown => (member === null ? { '@xsi:nil': 'true' } : typeof member === 'object' ? withNils(member) : member);
	return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, nil(member)]));
}
