/* What all invocations share: alerts sent, bursts counted, configurations seen. Loaded with the first call that asks. */

export { sentAlertsIn } from './alerts';
export { countIn } from './bursts';
export { knownDigestsIn } from './digests';
export { historyIn } from './history';
export { placesIn } from './places';
