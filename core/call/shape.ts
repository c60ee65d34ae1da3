import { isAbsent, isObject, memberOf } from '../base/members';
import { accessOf, type Access, type Operation } from './catalogue';

/*
 * An operation that no catalogue knows is told by its shape: the verb it begins with, and what its request holds.
 */

/** Blocks of a domain's configuration that hold something a rule judges. A test holds them against what the rules read. */
export const JUDGED_BLOCKS = [
  'advancedOptions',
  'advancedSecurityOptions',
  'aIMLOptions',
  'automatedSnapshotPauseOptions',
  'clusterConfig',
  'cognitoOptions',
  'domainEndpointOptions',
  'encryptionAtRestOptions',
  'identityCenterOptions',
  'logPublishingOptions',
  'nodeToNodeEncryptionOptions',
  'softwareUpdateOptions',
  'vPCOptions',
];

/** What tells a request for what it is. Subnets and security groups stand in the request for a VPC endpoint as well. */
const KNOWN_BY: readonly (readonly [operation: Operation, members: readonly string[]])[] = [
  ['UpdateDomainConfig', ['accessPolicies', ...JUDGED_BLOCKS.filter((block) => block !== 'vPCOptions')]],
  ['UpdateDirectQueryDataSource', ['dataSourceAccessPolicy']],
];

/** The operations as which calls are judged that are in no catalogue: their rules may speak, whatever is watched. */
export const JUDGED_UNKNOWN: readonly Operation[] = KNOWN_BY.map(([operation]) => operation);

/** Before the next word of the name. */
const READING_VERB = /^(Describe|List|Get)(?![a-z])/;

/** Whether an operation reads, by its name alone. */
export const readsByName = (eventName: string): boolean => READING_VERB.test(eventName);

export interface Shape {
  readonly access: Access;
  /** The operation as which the rules judge the call: its own, or the one whose request it has. */
  readonly judgedAs?: Operation;
  readonly request: unknown;
}

/**
 * What a call is taken for. A request that sets what the rules judge is judged by them under whatever name, and is a
 * change even under the name of a read. New operations like to wrap what older ones take, so what is known is looked for
 * one level down, too.
 *
 * @param operation `undefined` for one that no catalogue knows
 * @param request under current names
 */
export function shapeOf(operation: Operation | undefined, eventName: string, request: unknown): Shape {
  if (operation !== undefined) return { access: accessOf(operation), judgedAs: operation, request };
  for (const [judgedAs, members] of KNOWN_BY) {
    const holds = (value: unknown): boolean => members.some((member) => asks(memberOf(value, member)));
    if (holds(request)) return { access: 'change', judgedAs, request };
    const wrapper = isObject(request) ? Object.values(request).filter(isObject).find(holds) : undefined;
    if (isObject(request) && wrapper) return { access: 'change', judgedAs, request: { ...request, ...wrapper } };
  }
  return { access: readsByName(eventName) ? 'read' : 'change', request };
}

/** An empty block asks for nothing; an empty text may take a policy away. */
const asks = (value: unknown): boolean => (isObject(value) ? Object.keys(value).length > 0 : !isAbsent(value));
