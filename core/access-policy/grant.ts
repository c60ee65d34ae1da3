import { tellingFirst } from './data-action';
import { networksIn, type Denials } from './denial';
import {
  compareExposure,
  exposureOf,
  letsForeignersInBeside,
  takesPartIn,
  worstExposure,
  type Exposure,
} from './exposure';
import { namesUntoldId } from './principal-keys';
import { reasonOf } from './reason';
import type { Remainder } from './remainder';
import { hasSome, kinds, uniteAll } from './requesters';
import { isElsewhere } from './resource';
import type { Scope } from './scope';
import { describeSelection } from './selection';

/** What one statement grants: requesters of one exposure who reach the data. */
export interface Grant {
  readonly exposure: Exposure;
  /** Position in the policy, counted from 1. */
  readonly statement: number;
  readonly sid: string | undefined;
  readonly principals: readonly string[];
  readonly actions: readonly string[];
  readonly canRead: boolean;
  readonly canWrite: boolean;
  readonly resources: readonly string[];
  /** They are all there is in the domain. */
  readonly isWhole: boolean;
  /** The address ranges, VPCs and VPC endpoints the grant is limited to, a hundred at most. @default - limited to no network */
  readonly networks: readonly string[] | undefined;
  /** Every resource is in another domain than the one judged, by the ARNs given. @default false */
  readonly elsewhere: boolean | undefined;
  /** Unique ids in its conditions, which do not tell their account, are taken for the own account's. @default false */
  readonly assumesOwnIds: boolean | undefined;
  /** AWS services that call as themselves, or searches from other domains, reach the data. @default - principals of accounts, or who does not sign, over HTTP */
  readonly through: 'service' | 'cross-cluster' | undefined;
  /** A clause, put together when it is read: there may be thousands of grants, of which a few are told. */
  readonly reason: string;
}

/** The grants, worst first. Address ranges add up: remainders that are narrow each may be public together. */
export function toGrants(remainders: readonly Remainder[], denials: Denials, scope: Scope): readonly Grant[] {
  const { addresses } = scope.keys.trusted;
  const together = exposureOf(uniteAll(remainders.map(({ requesters }) => requesters)), addresses);
  const addsUp = compareExposure(together, worstExposure(remainders.map(({ exposure }) => exposure))) < 0;
  const adding = new Set(
    addsUp ? remainders.filter(({ requesters }) => takesPartIn(together, requesters, addresses)) : [],
  );
  const positions = [...new Set([...adding].map(({ statement }) => statement.position))];
  const grants = remainders.flatMap((remainder) => {
    const isAdding = adding.has(remainder);
    const exposure = isAdding ? together : remainder.exposure;
    const worst = toGrant(remainder, exposure, isAdding ? positions : [], denials, scope);
    const goesOn = letsForeignersInBeside(exposure, remainder.requesters, addresses);
    return goesOn ? [worst, toGrant(remainder, 'cross-account', [], denials, scope)] : [worst];
  });
  const overHttp = new Map<number, Exposure>();
  for (const { statement, exposure, through, canRead } of grants) {
    if (through !== 'cross-cluster' && canRead)
      overHttp.set(statement, worstExposure([exposure, overHttp.get(statement) ?? 'none']));
  }
  return grants.filter((grant) => !isToldByAnother(grant, overHttp)).toSorted(worstGrantFirst);
}

/** A search from another domain is not told beside a no milder way to read over HTTP. */
function isToldByAnother(grant: Grant, worstOverHttp: ReadonlyMap<number, Exposure>): boolean {
  const other = worstOverHttp.get(grant.statement);
  return grant.through === 'cross-cluster' && other !== undefined && compareExposure(other, grant.exposure) <= 0;
}

/** Of one exposure, writing before reading, and the whole domain before parts of it: the first few are told. */
function worstGrantFirst(a: Grant, b: Grant): number {
  const byExtent = Number(b.canWrite) - Number(a.canWrite) || Number(b.isWhole) - Number(a.isWhole);
  return compareExposure(a.exposure, b.exposure) || byExtent || a.statement - b.statement;
}

function toGrant(
  remainder: Remainder,
  exposure: Exposure,
  togetherWith: readonly number[],
  denials: Denials,
  scope: Scope,
): Grant {
  const { statement, group, target, actions, deniedBy, met } = remainder;
  const isPart = actions.length < target.actions.length;
  const told = isPart ? actions.map(({ name }) => name) : describeSelection(statement.actions);
  const networks = networksOf(remainder);
  const elsewhere = target.resources.every((resource) => isElsewhere(resource, scope.domainArn));
  const through = throughOf(remainder);
  return {
    exposure,
    statement: statement.position,
    sid: statement.sid,
    principals: group.names,
    actions: told,
    canRead: actions.some(({ canRead }) => canRead),
    canWrite: actions.some(({ canWrite }) => canWrite),
    resources: describeSelection(statement.resources),
    isWhole: target.isWhole,
    networks: networks.length > 0 ? networks : undefined,
    elsewhere: elsewhere || undefined,
    assumesOwnIds: (exposure === 'same-account' && assumesOwnIds(remainder, scope)) || undefined,
    through,
    get reason() {
      return reasonOf({
        statement,
        met,
        names: group.names,
        exposure,
        actions: tellingFirst(told, actions),
        keys: scope.keys,
        isElsewhere: elsewhere,
        deniedBy: deniedBy.map(({ positions }) => positions),
        togetherWith,
        isOfServices: through === 'service',
        notCounted: denials.notCounted,
      });
    },
  };
}

function throughOf({ target, requesters }: Remainder): Grant['through'] {
  const isOfServices = hasSome(requesters, SERVING) && !hasSome(requesters, CALLING);
  return target.through ?? (isOfServices ? 'service' : undefined);
}

const SERVING = kinds('serviceOfStranger', 'serviceOfForeign', 'serviceOfOwn');
const CALLING = kinds('unsigned', 'stranger', 'foreign', 'own');

/** Whether the requesters are known as the own account's by nothing but unique ids. */
const assumesOwnIds = ({ statement, isNamed, deniedBy }: Remainder, { keys }: Scope): boolean =>
  !isNamed && (statement.tests.some((test) => namesUntoldId(test, keys)) || deniedBy.some(({ namesIds }) => namesIds));

/** The networks a remainder is limited to: those its own conditions name, and those that are exempt from a Deny. */
function networksOf({ statement, deniedBy }: Remainder): readonly string[] {
  const named = networksIn(statement.tests, 'others');
  const networks = new Set<string>();
  for (const list of [named, ...deniedBy.map((denial) => denial.networks)]) {
    for (const network of list) if (networks.size < MOST_NETWORKS) networks.add(network);
  }
  return [...networks];
}

/** A policy may name thousands, and the first few are told. */
const MOST_NETWORKS = 100;
