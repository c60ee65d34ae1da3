/* Access policies: whom one lets reach the data of a domain, and how two of them differ. docs/glossary.md has the words. */

import { isBlank } from '../base/members';
import { arnsOfIdsIn } from './counterpart';
import { denialsIn } from './denial';
import { readDocuments, type Document } from './document';
import { doubtfulReadings } from './doubtful';
import { newEffort } from './effort';
import { compareExposure, worstExposure, type Exposure } from './exposure';
import { toGrants, type Grant } from './grant';
import type { KeyContext } from './key';
import { remaindersOf } from './remainder';
import { EVERYONE, onTheInternet } from './requesters';
import type { Scope } from './scope';
import { readStatement, type StatementReading } from './statement';
import { toTrusted } from './trusted';

export { policyDifference, saysTheSame } from './difference';
export type { Exposure } from './exposure';
export type { Grant } from './grant';

/** What an access policy lets in. */
export interface PolicyVerdict {
  /** The worst that the policy as a whole amounts to. */
  readonly exposure: Exposure;
  /** What each statement grants, worst first. */
  readonly grants: readonly Grant[];
  /** Why parts of the policy, or all of it, cannot be judged. */
  readonly unreadable: readonly string[];
  /** What the policy amounts to if whatever cannot be judged allows all that it may. */
  readonly worstReading: Exposure;
  /** How conditions were read that may have been meant otherwise: nobody meets them, or their keys are not known. Clauses. */
  readonly readAs: readonly string[];
  /** A member is written twice in one object, so that there are two readings; this is the one that lets more in. */
  readonly isAmbiguous: boolean;
  /** The policy is the empty string, which removes the policy that was. */
  readonly empty: boolean;
}

/** What the verdict depends on beside the policy. */
export interface PolicyContext {
  /** The account of the domain, twelve digits. */
  readonly accountId: string;
  /** @default - not known: a policy on any domain counts as one on this */
  readonly domainArn?: string;
  /** Whether the domain is reached over the internet or in a VPC. @default 'unknown' */
  readonly endpoint?: 'public' | 'vpc' | 'unknown';
  /** The same policy as the other side of the record shows it, which may tell whose the unique ids are. @default - not known */
  readonly counterpart?: unknown;
  /** Account ids. @default - none but the domain's */
  readonly trustedAccounts?: readonly string[];
  /** Organization ids, `o-…`. @default - none */
  readonly trustedOrganizations?: readonly string[];
  /** Address ranges in CIDR notation, VPC ids and VPC endpoint ids. @default - none */
  readonly trustedNetworks?: readonly string[];
  /** What the policy guards: on a data source any action of the service reaches data. @default 'domain' */
  readonly dataPlane?: 'domain' | 'direct-query';
}

/**
 * Whom an access policy lets reach the data of a domain, or of a direct-query data source.
 *
 * Where IAM decides, the verdict is IAM's; every doubt is decided for the wider access: a condition limits requesters only
 * where it is known to, and a Deny takes away only what it is known to cover. Pure, and total on any JSON: what cannot be
 * judged is told in `unreadable`.
 *
 * @param policy as the API takes it, a text of JSON; or the same parsed
 */
export function judgeAccessPolicy(policy: unknown, context: PolicyContext): PolicyVerdict {
  if (isBlank(policy)) {
    return { ...NOTHING, empty: true };
  }
  const scope = toScope(policy, context);
  return readDocuments(policy)
    .map((document) => judgeDocument(document, scope))
    .reduce(theWorse);
}

function toScope(policy: unknown, context: PolicyContext): Scope {
  const keys: KeyContext = {
    trusted: toTrusted(context),
    arnsOfIds: arnsOfIdsIn(policy, context.counterpart),
    assumesOwnIds: true,
    endpoint: context.endpoint ?? 'unknown',
  };
  return {
    keys,
    keysOfNamed: { ...keys, assumesOwnIds: false },
    everyone: keys.endpoint === 'public' ? onTheInternet() : EVERYONE,
    domainArn: context.domainArn,
    dataPlane: context.dataPlane ?? 'domain',
    effort: newEffort(),
  };
}

/** Whether a policy leaves open what it says: in parts that cannot be read, or by saying two things. */
export function leavesOpen(policy: unknown): boolean {
  const [document, ...others] = readDocuments(policy);
  if (document?.unreadable !== undefined || others.length > 0) return true;
  const { keys } = toScope(policy, { accountId: '' });
  return (document?.statements ?? []).some((value, at) => readStatement(value, at + 1, keys).unreadable.length > 0);
}

const NOTHING: PolicyVerdict = {
  exposure: 'none',
  grants: [],
  unreadable: [],
  worstReading: 'none',
  readAs: [],
  isAmbiguous: false,
  empty: false,
};

function judgeDocument(document: Document, scope: Scope): PolicyVerdict {
  const readings = document.statements.map((value, at) => readStatement(value, at + 1, scope.keys));
  const isRead = document.unreadable === undefined;
  const statements = isRead ? readings.flatMap(({ statement }) => statement ?? []) : [];
  const denials = denialsIn(statements, scope);
  const allows = statements.filter(({ effect }) => effect === 'allow');
  const grants = toGrants(
    allows.flatMap((statement) => remaindersOf(statement, denials, scope)),
    denials,
    scope,
  );
  const exposure = worstExposure(grants.map((grant) => grant.exposure));
  let worstReading = document.mayBeAnything === true ? 'public' : exposure;
  for (const guess of readings.flatMap((reading) => guessesIn(reading, isRead))) {
    if (worstReading === 'public') break;
    const remainders = remaindersOf(guess, denials, scope);
    worstReading = worstExposure([worstReading, ...remainders.map((each) => each.exposure)]);
  }
  let readAs: readonly string[] | undefined;
  return {
    exposure,
    grants,
    unreadable: [
      ...(isRead ? [] : [document.unreadable]),
      ...readings.flatMap(({ unreadable }) => unreadable),
      ...(scope.effort.isSpent()
        ? ['the policy has too much to compare to tell all that its Deny statements take away']
        : []),
    ],
    worstReading,
    // Told of policies that expose nothing alone, and there may be thousands.
    get readAs() {
      return (readAs ??= [...allows.flatMap((statement) => doubtfulReadings(statement, scope)), ...denials.notCounted]);
    },
    isAmbiguous: false,
    empty: false,
  };
}

/** What may be allowed beside what is certain. Of a document that is not one, nothing is certain. */
function guessesIn({ statement, guess }: StatementReading, isRead: boolean) {
  const guesses = guess ? [guess] : [];
  return isRead || statement?.effect !== 'allow' ? guesses : [...guesses, statement];
}

/** Of two readings of one policy the one that lets more in, with a word on why there are two. */
function theWorse(a: PolicyVerdict, b: PolicyVerdict): PolicyVerdict {
  const difference = compareExposure(a.exposure, b.exposure) || compareExposure(a.worstReading, b.worstReading);
  const worse = { ...(difference <= 0 ? a : b), isAmbiguous: true };
  if (difference === 0) return worse;
  const why = 'a member is written twice in one object, and this is the reading that lets more in';
  return { ...worse, grants: worse.grants.map((grant) => ({ ...grant, reason: `${grant.reason}; ${why}` })) };
}
