import { STRANGER } from '../base/arn';
import { isObject, listOf, memberOf, textOf, unwrapped } from '../base/members';
import { holdsUnknown, told, UNKNOWN_PART, unknownsIn, type Choose } from '../declared';

/**
 * The access policy in this reading: where parts of it are not known, once as they let in the fewest and once as they let
 * in the most.
 * @returns `undefined` for a policy that is not there
 */
export function policyInReading(policy: unknown, accountId: string, choose: Choose): unknown {
  const unknowns = unknownsIn(policy);
  if (unknowns.length === 0) return policy;
  const document = unwrapped(policy);
  const whole = isObject(document) ? document : undefined;
  const { narrow, wide } = whole === undefined ? { narrow: ownOf(accountId), wide: OPEN } : readingsOfDocument(whole);
  if (narrow !== undefined && JSON.stringify(narrow) === JSON.stringify(wide)) return narrow;
  const says = unknowns.slice(0, 3).map((each) => told(each));
  const more = unknowns.length > 3 ? ` and ${unknowns.length - 3} more` : '';
  const what = `${says.join(', ')}${more}`;
  return choose('access policy', [
    { value: narrow, says: `what is not known of the access policy (${what}) lets nobody else in` },
    { value: wide, says: `what is not known of the access policy (${what}) lets in all it may`, isGuess: true },
  ]);
}

/** A policy that lets in the own account alone. */
const ownOf = (accountId: string) => ({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { AWS: accountId }, Action: 'es:*', Resource: '*' }],
});

const OPEN = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: '*', Action: 'es:*', Resource: '*' }] };

type Members = Readonly<Record<string, unknown>>;

/** A document that lets in the fewest, and one that lets in the most. A statement that is not known at all may be any. */
function readingsOfDocument(document: Members): { readonly narrow: unknown; readonly wide: unknown } {
  const written = memberOf(document, 'Statement');
  const statements = listOf(written).map((statement) =>
    isObject(statement) ? readingsOfStatement(statement) : { narrow: undefined, wide: OPEN.Statement[0] },
  );
  const withStatements = (side: 'narrow' | 'wide'): unknown => {
    const kept = statements.flatMap((each) => each[side] ?? []);
    // Of a version that is not known the newest is taken, as of one that is not written.
    return { ...document, ...(holdsUnknown(document['Version']) && { Version: '2012-10-17' }), Statement: kept };
  };
  const narrow = withStatements('narrow');
  const isEmpty = statements.every((each) => each.narrow === undefined);
  return { narrow: isEmpty ? undefined : narrow, wide: withStatements('wide') };
}

/** A statement as it lets in the fewest and as it lets in the most: an Allow nobody or everyone, a Deny the other way round. */
function readingsOfStatement(statement: Members): { readonly narrow?: unknown; readonly wide?: unknown } {
  if (unknownsIn(statement).length === 0) return { narrow: statement, wide: statement };
  const effect = textOf(memberOf(statement, 'Effect')) ?? '';
  const isDeny = /^deny$/i.test(effect);
  const sides = PARTS.map(([name, of]) => [name, of(statement)] as const);
  const least = sides.every(([, part]) => part.least !== NEVER)
    ? Object.fromEntries(sides.flatMap(([name, part]) => (part.least === undefined ? [] : [[name, part.least]])))
    : undefined;
  const most = Object.fromEntries(
    sides.flatMap(([name, part]) => (part.most === undefined ? [] : [[name, part.most]])),
  );
  const others = Object.fromEntries(
    Object.entries(statement).filter(([name]) => !PARTS.some(([part]) => part.toLowerCase() === name.toLowerCase())),
  );
  const applied = (parts: Members | undefined): unknown => parts && { ...others, ...parts };
  if (holdsUnknown(effect)) return { wide: { ...others, ...most, Effect: 'Allow' } };
  return isDeny ? { narrow: applied(most), wide: applied(least) } : { narrow: applied(least), wide: applied(most) };
}

/** A part as it fits the fewest requests and as it fits the most. */
interface Part {
  /** `NEVER` where it may fit none. `undefined` where the part is not written, which fits all. */
  readonly least: unknown;
  readonly most: unknown;
}

const NEVER = Symbol('fits no request');

const PARTS: readonly (readonly [name: string, of: (statement: Members) => Part])[] = [
  ['Principal', (statement) => principalPart(memberOf(statement, 'Principal'))],
  ['NotPrincipal', (statement) => asWritten(memberOf(statement, 'NotPrincipal'))],
  ['Action', (statement) => listPart(memberOf(statement, 'Action'), 'es:*')],
  ['NotAction', (statement) => listPart(memberOf(statement, 'NotAction'), undefined)],
  ['Resource', (statement) => resourcePart(memberOf(statement, 'Resource'))],
  ['NotResource', (statement) => listPart(memberOf(statement, 'NotResource'), undefined)],
  ['Condition', (statement) => conditionPart(memberOf(statement, 'Condition'))],
];

const asWritten = (value: unknown): Part => ({ least: value, most: value });

function principalPart(principal: unknown): Part {
  if (unknownsIn(principal).length === 0) return asWritten(principal);
  if (!isObject(principal)) return { least: NEVER, most: '*' };
  const kinds = Object.entries(principal).map(([kind, names]) => {
    const known = listOf(names).flatMap((name) => knownPrincipal(name) ?? []);
    const widest = listOf(names).map((name) => knownPrincipal(name) ?? widestPrincipal(kind, name));
    return { kind, known, widest };
  });
  if (kinds.some(({ kind }) => holdsUnknown(kind)) || kinds.some(({ widest }) => widest.includes('*')))
    return { least: leastOf(kinds), most: '*' };
  return { least: leastOf(kinds), most: Object.fromEntries(kinds.map(({ kind, widest }) => [kind, widest])) };
}

function leastOf(kinds: readonly { readonly kind: string; readonly known: readonly unknown[] }[]): unknown {
  const known = kinds.filter((each) => each.known.length > 0 && !holdsUnknown(each.kind));
  return known.length === 0 ? NEVER : Object.fromEntries(known.map((each) => [each.kind, each.known]));
}

/** A principal whose account is known, whatever else of it is not. */
function knownPrincipal(name: unknown): unknown {
  if (!holdsUnknown(name)) return name;
  const [, before, resource] = /^(arn:[^:]*:(?:iam|sts)::\d{12}:)(.*)$/su.exec(String(name)) ?? [];
  return before === undefined || resource === undefined ? undefined : before + resource.replace(UNKNOWN_PART, 'x');
}

/** One that is not known may be everyone; an ARN is that of one account, whichever. */
function widestPrincipal(kind: string, name: unknown): string {
  if (!/^aws$/i.test(kind)) return 'unknown.amazonaws.com';
  return /^arn:/.test(String(name)) ? `arn:aws:iam::${STRANGER}:root` : '*';
}

/** Of a list, what is known of it, or all there is. */
function listPart(written: unknown, everything: string | undefined): Part {
  if (unknownsIn(written).length === 0) return asWritten(written);
  const known = listOf(written).filter((item) => !holdsUnknown(item));
  return { least: known.length === 0 ? NEVER : known, most: everything ?? known };
}

/** A policy is on the domain it is set on, and what it says of others counts as well: what is not known is the domain. */
function resourcePart(written: unknown): Part {
  if (unknownsIn(written).length === 0) return asWritten(written);
  const all = listOf(written).map((item) => (holdsUnknown(item) ? '*' : item));
  return { least: all, most: all };
}

function conditionPart(condition: unknown): Part {
  if (unknownsIn(condition).length === 0) return asWritten(condition);
  if (!isObject(condition)) return { least: NEVER, most: undefined };
  const most = Object.entries(condition).flatMap(([operator, tests]): [string, unknown][] => {
    if (!isObject(tests)) return [];
    const kept = Object.entries(tests).flatMap(([key, values]): [string, unknown][] => {
      const widest = listOf(values).map((value) => widestValue(key, value));
      return widest.includes(undefined) || holdsUnknown(key) ? [] : [[key, widest]];
    });
    return kept.length === 0 || holdsUnknown(operator) ? [] : [[operator, Object.fromEntries(kept)]];
  });
  return { least: NEVER, most: most.length === 0 ? undefined : Object.fromEntries(most) };
}

/** One organization, one account, one network: which one is not known, and that it is one is. */
const WIDEST: Readonly<Record<string, string>> = {
  'aws:principalorgid': 'o-unknown000',
  'aws:principalaccount': STRANGER,
  'aws:sourceaccount': STRANGER,
  'aws:sourcevpc': 'vpc-unknown0',
  'aws:sourcevpce': 'vpce-unknown0',
};

function widestValue(key: string, value: unknown): unknown {
  if (!holdsUnknown(value)) return value;
  return WIDEST[key.toLowerCase()];
}
