import { toCriteria, type Criteria } from '../../core/settings';
import { delivery, type DeliveryEffects } from '../../lambda/delivery';
import { monitor, type Effects } from '../../lambda/monitor';

/** Everything the function does to the world, publishing by the call. */
export type AllEffects = Omit<Effects, 'deliver'> & DeliveryEffects;

/** The function with effects of a test's own. */
export const monitorWith = (event: unknown, criteria: Criteria = toCriteria(), effects: AllEffects) =>
  monitor(event, { ...effects, deliver: delivery(criteria, effects) });
