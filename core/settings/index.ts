/* What the operator wants: settings as they are written, what is wrong with them, and the criteria they are made into. */

export { toCriteria, type CompiledWatchPattern, type Criteria } from './criteria';
export { LIST_SETTINGS, problemsIn, SETTINGS_MEMBERS, shown, unknownSetting } from './problems';
export { DOCUMENT as DOCUMENT_NAME } from './problems/way-back';
export { isOwnerName, spellingsIn, spokenAs } from './problems/ownership';
export { settingsSchema } from './schema';
export type { Account, Ownership, Settings, Suppression, WatchPattern, WayBack } from './settings';
export { isEmailAddress, protocolOf, type SubscriberProtocol } from './subscriber';
export { ownersIn, reaches, type Owner, type Whose } from './whose';
