import { EVENT_SOURCE } from '../base/event-source';
import { isObject, memberOf, textOf } from '../base/members';
import { toCall, type Call, type Operation } from '../call';
import { configurationAfter, type Configuration } from '../domain';
import { told, type Kind, type Request } from '../declared';

/** Where and when a deployment would call. */
export interface Deployed {
  readonly accountId: string;
  readonly region: string;
  readonly partition: string;
  /** ISO 8601, UTC: now. Suppressions end. */
  readonly time: string;
}

/** What a resource is made, changed and deleted by. */
const OPERATIONS: Readonly<Record<Kind, Readonly<Record<'create' | 'update' | 'delete', Operation | undefined>>>> = {
  domain: { create: 'CreateDomain', update: 'UpdateDomainConfig', delete: 'DeleteDomain' },
  application: { create: 'CreateApplication', update: 'UpdateApplication', delete: 'DeleteApplication' },
  'vpc-endpoint': { create: 'CreateVpcEndpoint', update: 'UpdateVpcEndpoint', delete: 'DeleteVpcEndpoint' },
  'vpc-endpoint-access': {
    create: 'AuthorizeVpcEndpointAccess',
    update: 'AuthorizeVpcEndpointAccess',
    delete: 'RevokeVpcEndpointAccess',
  },
  'outbound-connection': {
    create: 'CreateOutboundConnection',
    update: 'CreateOutboundConnection',
    delete: 'DeleteOutboundConnection',
  },
  'inbound-connection': {
    create: 'AcceptInboundConnection',
    update: undefined,
    delete: 'DeleteInboundConnection',
  },
  package: { create: 'CreatePackage', update: 'UpdatePackage', delete: 'DeletePackage' },
  'package-association': { create: 'AssociatePackage', update: undefined, delete: 'DissociatePackage' },
};

/** What a domain has that its creation does not ask for, as far as rules object to it. */
const DEFAULTS = { domainEndpointOptions: { tLSSecurityPolicy: 'Policy-Min-TLS-1-0-2019-07' } };

/** The call that makes what `after` says of nothing. */
export function callThatCreates(kind: Kind, after: Request, deployed: Deployed): Call {
  const request = asRecorded(after);
  return callOf(OPERATIONS[kind].create, request, answerOf(kind, request, deployed), deployed);
}

/**
 * The call that makes what `after` says of what `before` says: it asks for what is different alone, and its answer shows
 * all of it. `undefined` where nothing is different.
 *
 * @param known `alone` where the rest of what is there is not known
 */
export function callThatChanges(
  kind: Kind,
  before: Request,
  after: Request,
  deployed: Deployed,
  known: 'whole' | 'alone' = 'whole',
): Call | undefined {
  if (OPERATIONS[kind].update === undefined) return undefined;
  const [was, wanted] = [asRecorded(before), asRecorded(after)];
  const blocks = [...new Set([...Object.keys(was), ...Object.keys(wanted)])].filter(
    (name) => !/^tag(s|List)$/i.test(name),
  );
  const changed = blocks.filter((name) => textOfJson(was[name]) !== textOfJson(wanted[name]));
  if (changed.length === 0) return undefined;
  // What is taken away is set to what it is without: a policy to nothing, a flag to off.
  const asks = Object.fromEntries(changed.map((name) => [name, wanted[name] ?? removed(name, was[name])]));
  const request = { ...asks, ...(textOf(wanted['domainName']) !== undefined && { domainName: wanted['domainName'] }) };
  return callOf(
    OPERATIONS[kind].update,
    request,
    kind === 'domain' && known === 'whole' ? configOf(wanted) : null,
    deployed,
  );
}

/** The call that deletes what `before` says. */
export function callThatDeletes(kind: Kind, before: Request, deployed: Deployed): Call {
  return callOf(OPERATIONS[kind].delete, asRecorded(before), null, deployed);
}

/** What a domain has before a call that changes it. */
export const configurationOf = (before: Request, deployed: Deployed): Configuration =>
  configurationAfter(callThatCreates('domain', before, deployed));

function removed(name: string, was: unknown): unknown {
  if (/^accessPolicies$/i.test(name)) return '';
  if (!isObject(was)) return undefined;
  return Object.fromEntries(
    Object.entries(was)
      .filter(([, each]) => each === true)
      .map(([flag]) => [flag, false]),
  );
}

function callOf(operation: Operation | undefined, request: unknown, response: unknown, deployed: Deployed): Call {
  const call = toCall({
    eventSource: EVENT_SOURCE,
    eventName: operation ?? 'UpdateDomainConfig',
    eventTime: deployed.time,
    awsRegion: deployed.region,
    recipientAccountId: deployed.accountId,
    requestParameters: request,
    responseElements: response,
  });
  if (!call) throw new Error('no call can be made of a declaration');
  return call;
}

/** As an answer to a creation shows it: what was asked, over what a domain has by default. */
function answerOf(kind: Kind, request: Request, { partition, region, accountId }: Deployed): unknown {
  if (kind !== 'domain') return null;
  const name = textOf(request['domainName']) ?? '';
  const endpoint = memberOf(request, 'domainEndpointOptions');
  const asked = textOf(memberOf(endpoint, 'tLSSecurityPolicy'));
  return {
    domainStatus: {
      ...request,
      aRN: `arn:${partition}:es:${region}:${accountId}:domain/${name}`,
      ...(asked === undefined && {
        domainEndpointOptions: { ...(isObject(endpoint) ? endpoint : {}), ...DEFAULTS.domainEndpointOptions },
      }),
    },
  };
}

/** As an answer to an update shows it. */
const configOf = (wanted: Request): unknown => ({
  domainConfig: Object.fromEntries(
    Object.entries({ vPCOptions: {}, advancedSecurityOptions: {}, ...wanted }).map(([name, options]) => [
      name,
      { options },
    ]),
  ),
});

/** The members as CloudTrail writes them, with what is still not known named. */
function asRecorded(request: Request): Request {
  const written = Object.entries(request).map(([name, member]): [string, unknown] => {
    const recorded = name.charAt(0).toLowerCase() + name.slice(1);
    if (/^accessPolicies$/i.test(name)) return [recorded, typeof member === 'string' ? member : JSON.stringify(member)];
    return [recorded, shown(member)];
  });
  return Object.fromEntries(written.filter(([, member]) => member !== undefined));
}

/** Members are found in any letter case; those within blocks keep theirs, but for the first letter. */
function shown(value: unknown): unknown {
  if (typeof value === 'string') return told(value);
  if (Array.isArray(value)) return value.map(shown);
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [
      /^[A-Z_]+$/.test(name) ? name : name.charAt(0).toLowerCase() + name.slice(1),
      shown(member),
    ]),
  );
}

const textOfJson = (value: unknown): string => JSON.stringify(value) ?? '';
