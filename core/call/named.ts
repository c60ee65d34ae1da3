import { listOf, memberOf, textOf } from '../base/members';
import type { Call } from './call';

/* What a call is about, as a command that undoes it has to name it. Chosen by strangers. */

type Sides = Pick<Call, 'request' | 'response'>;

/** The id of the connection between clusters, under its name of today or of 2015. */
export function connectionOf({ request, response }: Sides): string | undefined {
  const connections = [memberOf(response, 'connection'), memberOf(response, 'crossClusterSearchConnection')];
  const ids = [request, response, ...connections].flatMap((holder) => [
    memberOf(holder, 'connectionId'),
    memberOf(holder, 'crossClusterSearchConnectionId'),
  ]);
  return ids.map(textOf).find((id) => id !== undefined);
}

/** The id of the VPC endpoint; of one that is created, the response alone knows it. */
export function endpointOf({ operation, request, response }: Call): string | undefined {
  return operation === 'CreateVpcEndpoint'
    ? textOf(memberOf(response, 'vpcEndpoint', 'vpcEndpointId'))
    : textOf(memberOf(request, 'vpcEndpointId'));
}

/** The id of the one package. */
export const packageOf = ({ request }: Sides): string | undefined => textOf(memberOf(request, 'packageID'));

/** The ids of several packages; `undefined` for what is none. */
export const packagesOf = ({ request }: Sides): readonly (string | undefined)[] =>
  listOf(memberOf(request, 'packageList')).map((item) => textOf(memberOf(item, 'packageID')));

/**
 * The other accounts that a package is shared with; `undefined` for what is none. Of a list that takes the place of another it is
 * not known who was in that.
 */
export function packageUsersOf({ request, accountId }: Call): readonly (string | undefined)[] {
  if (!/^ADD$/i.test(textOf(memberOf(request, 'operation')) ?? '')) return [];
  return listOf(memberOf(request, 'packageUserList'))
    .map(textOf)
    .filter((account) => account !== accountId);
}

/** The data source of an account, or of a domain. */
export function dataSourceOf({ operation, request }: Call): string | undefined {
  return textOf(memberOf(request, operation?.includes('DirectQuery') === true ? 'dataSourceName' : 'name'));
}
