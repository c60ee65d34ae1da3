import { memberOf, textOf } from '../base/members';
import type { Call } from './call';

/** The id of the connection between clusters that a call is about, under its name of today or of 2015. */
export function connectionOf({ request, response }: Pick<Call, 'request' | 'response'>): string | undefined {
  const connections = [memberOf(response, 'connection'), memberOf(response, 'crossClusterSearchConnection')];
  const ids = [request, response, ...connections].flatMap((holder) => [
    memberOf(holder, 'connectionId'),
    memberOf(holder, 'crossClusterSearchConnectionId'),
  ]);
  return ids.map(textOf).find((id) => id !== undefined);
}
