import { optional } from '../base/members';
import { plain } from '../base/plain-text';
import { compareSeverity, type Severity } from '../base/severity';
import { isDomainName, type Call } from '../call';
import { changeOf, type Change } from '../domain';
import {
  ACCOUNT,
  isUnknown,
  readingsOf,
  told,
  type Choice,
  type Choose,
  type Declared,
  type Path,
  type Request,
} from '../declared';
import { findingsIn, type Finding } from '../findings';
import { CONFIGURATION_CALL, toSituation, type Rule, type Situation } from '../rules';
import type { Criteria, Suppression } from '../settings';
import { callThatChanges, callThatCreates, callThatDeletes, configurationOf, type Deployed } from './call';
import { doubtAbout } from './doubt';
import { requestInReading } from './leaves';
import { memberOfRule } from './member';
import { inPlace, placeOf } from './place';
import { policyInReading } from './policy';
import { witnessFor } from './witness';

/** What a rule would object to, were the deployment made. */
export interface Expected {
  readonly rule: Rule;
  readonly severity: Severity;
  /** Worst first, each a clause without a capital or a full stop. Safe to show. */
  readonly evidence: readonly [string, ...string[]];
  /** What it depends on that cannot be known before, as a clause. @default - it is certain */
  readonly doubt?: string;
  /** A request that would get in, as a sentence without a full stop. @default - none, or the rule is about something else */
  readonly witness?: string;
  readonly suppressedBy?: Suppression;
  /** What declares it: the resource, or the one that sets its policy. */
  readonly address: string;
  readonly path: Path;
}

/** What is to be said of one resource, worst first. */
export interface JudgedResource {
  readonly declared: Declared;
  /** The call that the deployment would make. @default - it would make none */
  readonly eventName?: string;
  /** The domain's name, or one that stands for it. Safe to show. */
  readonly domain?: string;
  readonly findings: readonly Expected[];
  /** What was judged in the first reading, for those who ask why. @default - no call would be made in it */
  readonly first?: { readonly call: Call; readonly findings: readonly Finding[]; readonly change?: Change };
  /** There are more unknowns than could be tried in all combinations. */
  readonly isCut: boolean;
}

/** What one reading leads to. */
interface Outcome {
  readonly call: Call;
  readonly findings: readonly Finding[];
  readonly change?: Change;
  readonly situation: Situation;
  /** What the deployment leaves behind; of a deletion, what was. */
  readonly request: Request;
  readonly deployed: Deployed;
}

/**
 * Judges what a declaration leaves behind by the rules that judge the call which would make it so. What holds whatever is
 * not known is certain; what holds in some readings only is told with what it depends on.
 *
 * @param time ISO 8601, UTC: now
 */
export function judgeDeclared(declared: Declared, criteria: Criteria, time: string): JudgedResource {
  const { readings, isCut } = readingsOf((choose) => outcomeOf(declared, criteria, time, choose));
  const ids = new Set(readings.flatMap(({ result }) => result?.findings.map(({ rule }) => rule.id) ?? []));
  const first = readings.find(({ result }) => result !== undefined)?.result;
  const findings = [...ids].flatMap((id) => expectedOf(id, readings, declared) ?? []);
  const name = first?.call.domain?.name;
  return {
    declared,
    findings: findings.toSorted((a, b) => compareSeverity(b.severity, a.severity)),
    isCut,
    ...(first && { eventName: first.call.eventName, first }),
    ...(name !== undefined && { domain: plain(name, 60) }),
  };
}

function outcomeOf(declared: Declared, criteria: Criteria, time: string, choose: Choose): Outcome | undefined {
  const sideOf = (side: Declared['after']): Sided | undefined => {
    const request = side?.(choose);
    return request && toSided(declared, request, time, choose);
  };
  const now = sideOf(declared.after);
  const was = sideOf(declared.before);
  const side = now ?? was;
  if (side === undefined) return undefined;
  const { kind } = declared;
  const { deployed } = side;
  const call =
    now === undefined
      ? callThatDeletes(kind, side.request, deployed)
      : was
        ? callThatChanges(kind, was.request, now.request, deployed, declared.isAddition ? 'alone' : 'whole')
        : declared.isAddition
          ? callThatChanges(kind, { DomainName: now.request['DomainName'] }, now.request, deployed, 'alone')
          : callThatCreates(kind, now.request, deployed);
  if (call === undefined) return undefined;
  const situation = toSituation(call, criteria.trust);
  const change = now && was && kind === 'domain' ? changeOf(call, configurationOf(was.request, deployed)) : undefined;
  const findings = findingsIn(situation, criteria, change).filter(
    ({ rule, severity }) => rule !== CONFIGURATION_CALL && severity !== 'INFORMATIONAL',
  );
  return { call, findings, situation, request: side.request, deployed, ...(change && { change }) };
}

interface Sided {
  readonly request: Request;
  readonly deployed: Deployed;
}

/** One side of the change with everything chosen that makes a difference. */
function toSided(declared: Declared, given: Request, time: string, choose: Choose): Sided {
  const known = requestInReading(isUnknown(given['unknown']) ? anyRequest(given, choose) : given, choose);
  // Of the accounts that are written: none that stands for what is not known is the own one.
  const deployed = placeOf(declared, given, time, choose);
  const request = inPlace(known, deployed, standInFor(declared));
  const policy = policyInReading(request['AccessPolicies'], deployed.accountId, choose);
  const { AccessPolicies: _, ...others } = request;
  return { deployed, request: { ...others, ...(policy !== undefined && { AccessPolicies: policy }) } };
}

/** Of a resource whose properties are not known at all, or may all be changed, anything may be. */
function anyRequest({ unknown, ...written }: Request, choose: Choose): Request {
  const from = `the properties, from ${told(String(unknown))},`;
  const name = optional('DomainName', written['DomainName']);
  const isWritten = Object.keys(written).some((each) => each !== 'DomainName');
  return choose('properties', [
    isWritten
      ? { value: written, says: `${from} are as they are written` }
      : { value: { ...written, ...STRICT }, says: `${from} are strict` },
    { value: { ...name, AccessPolicies: unknown }, says: `${from} are whatever they may be`, isGuess: true },
  ]);
}

const STRICT: Request = {
  VPCOptions: { SubnetIds: ['subnet-unknown'] },
  AdvancedSecurityOptions: { Enabled: true },
  EncryptionAtRestOptions: { Enabled: true },
  NodeToNodeEncryptionOptions: { Enabled: true },
  DomainEndpointOptions: { EnforceHTTPS: true, TLSSecurityPolicy: 'Policy-Min-TLS-1-2-PFS-2023-10' },
};

/** A name that the domain could have. */
function standInFor({ address }: Declared): string {
  const word = address
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^[^a-z]+|-$/g, '')
    .slice(-28)
    .replace(/^[^a-z]+/, '');
  return isDomainName(word) ? word : 'the-domain';
}

type Reading = { readonly result: Outcome | undefined; readonly choices: readonly Choice[] };

/** The worst that a rule says in any reading, and what that depends on. */
function expectedOf(id: string, readings: readonly Reading[], declared: Declared): Expected | undefined {
  const findingIn = ({ result }: Reading): Finding | undefined => result?.findings.find(({ rule }) => rule.id === id);
  const found = readings.flatMap((reading) => {
    const finding = findingIn(reading);
    return finding && reading.result ? [{ finding, reading, outcome: reading.result }] : [];
  });
  const [worst] = found.toSorted((a, b) => compareSeverity(b.finding.severity, a.finding.severity));
  if (worst === undefined) return undefined;
  const { finding, reading, outcome } = worst;
  const isMilder = (other: Reading): boolean => findingIn(other)?.severity !== finding.severity;
  const doubt = doubtAbout(
    reading.choices,
    readings.filter(isMilder).map(({ choices }) => choices),
  );
  const { rule, severity, suppressedBy } = finding;
  const [first, ...others] = finding.evidence;
  const says = doubt?.isGuess ? `it may be that ${withinSentence(rule.title)}` : first.says;
  const more = doubt?.isGuess ? [] : others.map((piece) => piece.says);
  const witness = doubt?.isGuess
    ? undefined
    : witnessFor(
        id,
        outcome.situation,
        outcome.request['AccessPolicies'],
        outcome.deployed,
        outcome.call.domain?.arn ?? '',
      );
  return {
    rule,
    severity,
    evidence: [shown(says), ...more.map(shown)],
    ...placeOfFinding(id, declared, outcome),
    ...(doubt && { doubt: shown(doubt.says) }),
    ...(witness !== undefined && { witness: shown(witness) }),
    ...(suppressedBy && { suppressedBy }),
  };
}

/** A title within a sentence; HTTPS stays HTTPS. */
const withinSentence = (title: string): string =>
  /^[A-Z][^A-Z]/.test(title) ? title.charAt(0).toLowerCase() + title.slice(1) : title;

/** What declares what a rule objects to. */
function placeOfFinding(
  rule: string,
  declared: Declared,
  { situation, request }: Outcome,
): Pick<Expected, 'address' | 'path'> {
  const { address, path, members, policy } = declared;
  if (rule.startsWith('access-policy-') && policy) return policy;
  const member = members === undefined ? [] : memberOfRule(rule, situation, request);
  return { address, path: member.length === 0 ? path : [...path, ...(members ?? []), ...member] };
}

/** Safe to show, and with what stands for the account named. */
const shown = (text: string): string => plain(told(text).replaceAll(ACCOUNT, '(the account of the deployment)'), 1000);
