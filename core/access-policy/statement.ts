import { readTests, type ConditionTest } from './condition';
import { isAbsent, isBlank } from '../base/members';
import { readMembers, type Members } from './elements';
import type { KeyContext } from './key';
import { readPrincipals, type PrincipalGroup, type Principals } from './principal';
import { EVERYONE } from './requesters';
import { readSelection, type Selection } from './selection';

/** One statement of an access policy. */
export interface Statement {
  /** Counted from 1. */
  readonly position: number;
  readonly sid?: string;
  readonly effect: 'allow' | 'deny';
  readonly principals: Principals;
  readonly actions: Selection;
  readonly resources: Selection;
  /** It has no `Resource`, which is the whole domain. */
  readonly lacksResource: boolean;
  readonly tests: readonly ConditionTest[];
}

/** What can be told of a statement. */
export interface StatementReading {
  /** @default - nothing of it is certain */
  readonly statement?: Statement;
  /** What its unreadable parts allow at the widest. @default - nothing */
  readonly guess?: Statement;
  /** What cannot be judged, each as a clause. */
  readonly unreadable: readonly string[];
}

/** Reads one statement. What the service does not support, or IAM does not take, is told; it may allow anything. */
export function readStatement(value: unknown, position: number, context: KeyContext): StatementReading {
  const members = readMembers(value);
  if (members === undefined) return { unreadable: [`statement ${position} is no object`] };
  const effect = effectOf(members.get('effect'));
  const actions = selectionOf(members, 'Action') ?? 'must have either Action or NotAction';
  const resources = selectionOf(members, 'Resource');
  const tests = readTests(members.get('condition'));
  const principals = principalsOf(members, context);
  const sid = members.get('sid');
  const widest = {
    position,
    effect: effect ?? 'allow',
    actions: typeof actions === 'string' ? EVERYTHING : actions,
    resources: resources === undefined || typeof resources === 'string' ? EVERYTHING : resources,
    lacksResource: resources === undefined,
    tests: typeof tests === 'string' ? [] : tests,
    ...(typeof sid === 'string' && { sid }),
  };
  const whyNot =
    effect === undefined
      ? 'neither allows nor denies'
      : [principals, actions, resources, tests].find((part) => typeof part === 'string');
  if (whyNot !== undefined || typeof principals === 'string') {
    const most = typeof principals === 'string' ? MAY_BE_EVERYONE : withDoubtful(principals);
    const unreadable = [`statement ${position} ${whyNot}`];
    return effect === 'deny' ? { unreadable } : { guess: { ...widest, principals: most }, unreadable };
  }
  const statement = { ...widest, principals };
  // In a Deny a principal that is not known takes nothing away, so only an Allow has doubts about its principals.
  if (effect === 'deny' || principals.unreadable.length === 0) return { statement, unreadable: [] };
  return {
    statement,
    guess: { ...widest, principals: withDoubtful(principals) },
    unreadable: principals.unreadable.map(({ why }) => `statement ${position} ${why}`),
  };
}

const EVERYTHING: Selection = { isInverted: false, patterns: ['*'] };

const MAY_BE_EVERYONE: Principals = {
  groups: [{ names: [], requesters: EVERYONE }],
  unreadable: [],
  isRegular: false,
};

/** The principals as if those that cannot be judged were whom they may mean at most. */
function withDoubtful({ groups, unreadable }: Principals): Principals {
  const most = new Set(unreadable.map(({ requesters }) => requesters));
  const doubtful = [...most].map((requesters): PrincipalGroup => ({ names: [], requesters }));
  return { groups: [...groups, ...doubtful], unreadable: [], isRegular: false };
}

function effectOf(value: unknown): Statement['effect'] | undefined {
  const effect = typeof value === 'string' ? value.toLowerCase() : undefined;
  return effect === 'allow' || effect === 'deny' ? effect : undefined;
}

const NOT_SUPPORTED = 'uses NotPrincipal, which the service does not support';

/**
 * Whom `Principal` names, or a clause that says why it cannot be told. `NotPrincipal` in an Allow lets in everyone but
 * those it names, as IAM has it, and is told to be unsupported all the same.
 */
function principalsOf(members: Members, context: KeyContext): Principals | string {
  const [named, spared] = [members.get('principal'), members.get('notprincipal')];
  if (isAbsent(spared)) return isAbsent(named) ? 'names no principal' : readPrincipals(named, context);
  if (!isAbsent(named) || effectOf(members.get('effect')) === 'deny') return NOT_SUPPORTED;
  const { groups } = readPrincipals(spared, context);
  const names = [`everyone but ${groups.flatMap((group) => group.names).join(', ') || 'nobody'}`];
  return {
    groups: [{ names, requesters: EVERYONE }],
    unreadable: [{ why: NOT_SUPPORTED, requesters: EVERYONE }],
    isRegular: false,
  };
}

/** What `Action` and `NotAction`, or `Resource` and `NotResource`, select; `undefined` where there is neither of the two. */
function selectionOf(members: Members, element: 'Action' | 'Resource'): Selection | string | undefined {
  const [named, spared] = [members.get(element.toLowerCase()), members.get(`not${element.toLowerCase()}`)];
  const isInverted = !isAbsent(spared);
  if (isInverted && !isAbsent(named)) return `must have either ${element} or Not${element}`;
  const written = isInverted ? spared : named;
  if (isAbsent(written) || isBlank(written)) return undefined;
  const selection = readSelection(written, isInverted);
  return selection ?? `has ${isInverted ? 'Not' : ''}${element} that is no text and no list of texts`;
}
