/* From findings to the alert about one call, in every rendering. */

export { jsonArgument } from './command';
export { mentionedIn, toAlert, type Alert } from './alert';
export { DEVIATION_KINDS, toDeviationAlert } from './deviation';
export type { AlertOptions, Correction, Counted } from './options';
export { toPublishInput } from './publish-input';
export { POLICY_PARAMETER, type WayBackParameters } from './way-back';
