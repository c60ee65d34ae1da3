/* What the operator wants: settings as they are written, what is wrong with them, and the criteria they are made into. */

export { toCriteria, type CompiledWatchPattern, type Criteria } from './criteria';
export { LIST_SETTINGS, problemsIn, SETTINGS_MEMBERS, shown, unknownSetting } from './problems';
export { settingsSchema } from './schema';
export type { Account, Ownership, Settings, Suppression, WatchPattern } from './settings';
export { isEmailAddress, protocolOf, type SubscriberProtocol } from './subscriber';
export { ownersIn, reaches, type Owner, type Whose } from './whose';
