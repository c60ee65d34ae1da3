import { textOfError } from '../../core/base/error-text';
import type { Found, Message, Order } from '../../core/state';
import type { CheckEffects } from './check';

/**
 * Tells the operations topic; and the CRITICAL one as well where nobody would hear it, or it cannot be told.
 * @throws Error where nobody could be told, by either: the alarm on the check does
 */
export async function tell(
  order: Order,
  found: readonly Found[],
  message: Message,
  effects: Pick<CheckEffects, 'publish'>,
): Promise<void> {
  const operations = found[order.expected.findIndex(({ name }) => name === order.operationsTopic)];
  const isHeard =
    operations !== undefined && operations !== 'missing' && 'isHeard' in operations && operations.isHeard === true;
  const why = await effects.publish(order.operationsTopic, message).then(
    () => undefined,
    (error: unknown) => ({ error }),
  );
  if (isHeard && why === undefined) return;
  try {
    await effects.publish(order.criticalTopic, message);
  } catch (error) {
    const first = why === undefined ? 'nobody hears it' : textOfError(why.error);
    throw new Error(
      `nobody was told of what deviates: operations topic: ${first}; CRITICAL topic: ${textOfError(error)}`,
      {
        cause: error,
      },
    );
  }
}
