import { readTests, type ConditionTest } from './condition';
import { readMembers, type Members } from './elements';
import { readPrincipals, type Principals } from './principal';
import { readSelection, type Selection } from './selection';
import type { Trusted } from './trusted';

/** One statement of an access policy. */
export interface Statement {
  /** Counted from 1. */
  readonly position: number;
  readonly sid?: string;
  readonly effect: 'allow' | 'deny';
  readonly principals: Principals;
  readonly actions: Selection;
  readonly resources: Selection;
  readonly tests: readonly ConditionTest[];
}

/** The statement, or a clause that says why it cannot be judged. */
export function readStatement(value: unknown, position: number, trusted: Trusted): Statement | string {
  const unreadable = (why: string): string => `statement ${position} ${why}`;
  const members = readMembers(value);
  if (members === undefined) return unreadable('is no object');
  const twice = ELEMENTS.find((name) => (members.get(name.toLowerCase())?.length ?? 0) > 1);
  if (twice !== undefined) return unreadable(`has ${twice} more than once`);
  const effect = effectOf(valueOf(members, 'effect'));
  if (effect === undefined) return unreadable('neither allows nor denies');
  if (members.has('notprincipal')) return unreadable('uses NotPrincipal, which the service does not support');
  if (!members.has('principal')) return unreadable('names no principal');
  const actions = selectionOf(members, 'Action');
  if (typeof actions === 'string') return unreadable(actions);
  const resources = selectionOf(members, 'Resource');
  if (typeof resources === 'string') return unreadable(resources);
  const tests = readTests(valueOf(members, 'condition'));
  if (typeof tests === 'string') return unreadable(tests);
  const principals = readPrincipals(valueOf(members, 'principal'), trusted);
  const sid = valueOf(members, 'sid');
  return { position, effect, principals, actions, resources, tests, ...(typeof sid === 'string' && { sid }) };
}

const ELEMENTS = ['Effect', 'Principal', 'NotPrincipal', 'Action', 'NotAction', 'Resource', 'NotResource', 'Condition'];

const valueOf = (members: Members, name: string): unknown => members.get(name)?.[0];

function effectOf(value: unknown): Statement['effect'] | undefined {
  const effect = typeof value === 'string' ? value.toLowerCase() : undefined;
  return effect === 'allow' || effect === 'deny' ? effect : undefined;
}

/** What `Action` and `NotAction`, or `Resource` and `NotResource`, select: exactly one of the two must be there. */
function selectionOf(members: Members, element: 'Action' | 'Resource'): Selection | string {
  const name = element.toLowerCase();
  const isInverted = members.has(`not${name}`);
  if (isInverted === members.has(name)) return `must have either ${element} or Not${element}`;
  const selection = readSelection(valueOf(members, isInverted ? `not${name}` : name), isInverted);
  return selection ?? `has ${isInverted ? 'Not' : ''}${element} that is no text and no list of texts`;
}
