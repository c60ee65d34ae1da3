/* From the records of a log file to alerts that are sent once. Loaded with the first file that has any. */

export { inBursts, type CountIn } from './burst';
export { delivery, type Deliver, type DeliveryEffects } from './deliver';
export type { Delivered, SuppressedFinding } from './delivered';
export type { Place, Places } from './places';
export { claimOf, once, type Claim, type SentAlerts } from './once';
export { publisher, type Send, type ToldCall, type ToldOwner } from './publish';
export { deliveryOf, type Clients } from './wiring';
