/* What a call leaves behind: the domain's configuration, and its posture. */

export {
  changeOf,
  configurationAfter,
  HIDDEN,
  holdsAlready,
  isSecretKey,
  keysSetBy,
  setsConfiguration,
  tellsConfiguration,
  valueIn,
  type Change,
  type Configuration,
  type Difference,
} from './configuration';
export { isReadableRequest, resultingBlock, tellsPosture, toPosture, type Posture, type Reading } from './posture';
