/* One record of the log, made a call: who asked for what, where, and with which outcome. */

export { isOfDomain, toCall, type Call, type DomainCall } from './call';
export { callerKeyOf, type Caller } from './caller';
export { accessOf, EVENT_NAMES, operationOf, type EventName, type Operation } from './catalogue';
export { isDomainName, type Domain } from './domain';
export { connectionOf, dataSourceOf, endpointOf, packageOf, packagesOf, packageUsersOf } from './named';
export { isDeletionOfNothing, type Outcome } from './outcome';
export { isSecretMember } from './secret-member';
export { nameOfFirst } from './resources';
export { redactorOf } from './secrets';
export { JUDGED_BLOCKS, JUDGED_UNKNOWN } from './shape';
