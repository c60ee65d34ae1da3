import { listOf, memberOf, textOf, textsOf } from '../base/members';
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

/** The id of the VPC endpoint. */
export function endpointOf({ request, response }: Sides): string | undefined {
  return textOf(memberOf(request, 'vpcEndpointId')) ?? textOf(memberOf(response, 'vpcEndpoint', 'vpcEndpointId'));
}

/** The ids of the packages, under the names of calls about one and about several. */
export function packagesOf({ request }: Sides): readonly string[] {
  const listed = listOf(memberOf(request, 'packageList')).map((item) => memberOf(item, 'packageID'));
  return [memberOf(request, 'packageID'), ...listed].flatMap(textsOf);
}

/** The accounts that a package is shared with, or is no longer. */
export const packageUsersOf = ({ request }: Sides): readonly string[] => textsOf(memberOf(request, 'packageUserList'));

/** The data source of a domain, or of an account. */
export const dataSourceOf = ({ request }: Sides): string | undefined =>
  textOf(memberOf(request, 'dataSourceName')) ?? textOf(memberOf(request, 'name'));
