export { startStandin, Standin, type StandinOptions } from './startStandin';
export type { Approval } from './approve';
export type { Conversion, NewField, Org } from './salesforce/org/Org';
export type { NewOrg } from './salesforce/org/openOrg';
export type { NewUser, OrgUser, UserPermissions } from './salesforce/org/Users';
export type { DuplicateRule, ValidationRule } from './salesforce/org/rules';
export type { FieldAccess, ObjectAccess } from './salesforce/org/Access';
export type { App, NewApp } from './salesforce/oauth/App';
export type { SignInAttempt, SignInGrant, SignInHostKind } from './salesforce/signIn/SignInLog';
export type { Lockout, OrgStatus, SignInPolicy } from './salesforce/signIn/SignInPolicy';
export type { LoginHours } from './salesforce/signIn/LoginRules';
export type { Secrets } from './salesforce/signIn/Passwords';
export type { Fault, FaultRequest, Faults, Reach } from './salesforce/faults/Faults';
export type { CallLog, LoggedCall } from './salesforce/calls';
export type { Row, Value } from './salesforce/records/row';
export { canonicalId, toLongId } from './salesforce/ids';
export {
	callDataverse, newCertificate, startDataverse, type Dataverse, type DataverseAnswer, type EntraApp, type EntraUser, type Environment, type NewEnvironment, type SystemUser, type Tenant, type TestCertificate,
} from './dataverse';
