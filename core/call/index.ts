/* One record of the log, made a call: who asked for what, where, and with which outcome. */

export { toCall, type Call } from './call';
export { callerKeyOf, type Caller } from './caller';
export { accessOf, EVENT_NAMES, operationOf, type EventName, type Operation } from './catalogue';
export { isDomainName } from './domain';
export { isDeletionOfNothing, type Outcome } from './outcome';
export { isSecretMember } from './secret-member';
export { redactorOf } from './secrets';
export { JUDGED_BLOCKS, JUDGED_UNKNOWN } from './shape';
