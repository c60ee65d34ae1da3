/* The state of the monitor's own resources: what was deployed, what is found, and what deviates. */

export { toChainMessage } from './chains';
export { withKnownCode } from './code';
export { deviationsIn, type Deviation } from './deviations';
export { toMessage, type Message } from './message';
export { readOrder, type Order } from './order';
export type { Expected, ExpectedOf, Found, Kind, Members } from './resources';
export { same } from './same';
export { isNews, NOTHING_KEPT, toNews, type Memory, type News } from './told';
