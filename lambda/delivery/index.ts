/* From the records of a log file to alerts that are sent once. Loaded with the first file that has any. */

export { inBursts, type CountIn } from './burst';
export { delivery, type Deliver, type Delivered, type DeliveryEffects, type SuppressedFinding } from './deliver';
export { claimOf, once, type Claim, type SentAlerts } from './once';
export { publisher } from './publish';
export { deliveryOf, type Clients } from './wiring';
