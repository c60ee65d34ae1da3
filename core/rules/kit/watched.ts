import { isAmong, resourceNameIn } from '../../base/resource-name';
import { flagOf, isAbsent, isObject, listOf, memberOf, textOf, unwrapped } from '../../base/members';
import type { Severity } from '../../base/severity';
import type { Evidence } from './rule';
import type { Situation } from './situation';

/*
 * What rules about calls of other services are written with. The record shows what such a call asks for and not what held
 * before, so a rule speaks of what the request itself makes worse; of what cannot be seen it says that it cannot.
 */

/** What to do about a resource of the stack. */
export const PUT_BACK =
  'Put it back as docs/runbook.md#deviations says: a plain deployment compares templates, and puts nothing back.';

/** Shows of which stack a resource is, under which id: of one that is gone, too. */
export const SHOW_ORIGIN =
  'aws cloudformation describe-stack-resources --region {region} --physical-resource-id {resource}';

/** Whether a text names one of the resources that the monitor stands on. */
export const isWatched = ({ watched, call }: Situation, text: unknown): boolean =>
  typeof text === 'string' && isAmong(watched, text, call);

/** The name of the first watched resource that the call is about. */
export function watchedResource(situation: Situation): string | undefined {
  const text = situation.call.resources?.find((each) => isWatched(situation, each));
  return text === undefined ? undefined : resourceNameIn(text);
}

/** Evidence about a call on a resource that the monitor stands on, none about any other. */
export function onWatched<Level extends Severity>(
  situation: Situation,
  evidence: (name: string) => readonly Evidence<Level>[],
): readonly Evidence<Level>[] {
  const name = watchedResource(situation);
  return name === undefined ? [] : evidence(name);
}

/**
 * CloudFormation made the call, for whichever stack: the record does not say. The change of the stack itself is told by a
 * rule of its own, so what a deployment does is told again only where it is seen to take away or to weaken something.
 */
export const isOfDeployment = ({ call }: Situation): boolean => call.caller.service === 'cloudformation.amazonaws.com';

/**
 * A role of the monitor's own made the call. Known by its ARN: whoever may create a role may give it the name of a queue, or
 * that of ours in another account.
 */
export const isOfOwnRole = ({ watched, call }: Situation): boolean =>
  call.caller.issuerArn !== undefined && watched.includes(call.caller.issuerArn);

/** The request could not be read: it was denied before it was looked at, or left out for its size. */
export const isUnreadable = ({ call }: Situation): boolean => !isObject(call.request) || call.parametersOmitted;

/** The member of the request at a path. */
export const requested = ({ call }: Situation, ...path: readonly string[]): unknown => memberOf(call.request, ...path);

/** All texts and names of members within a value, however deep. It stops after some thousand: no request has as many. */
export function textsWithin(value: unknown): readonly string[] {
  const texts: string[] = [];
  const left: unknown[] = [value];
  while (left.length > 0 && texts.length < MOST_TEXTS) {
    const next = left.pop();
    if (typeof next === 'string') texts.push(next);
    else if (Array.isArray(next)) left.push(...(next as readonly unknown[]).slice(0, MOST_TEXTS));
    else if (isObject(next)) {
      texts.push(...Object.keys(next).slice(0, MOST_TEXTS));
      left.push(...Object.values(next).slice(0, MOST_TEXTS));
    }
  }
  return texts;
}

const MOST_TEXTS = 5000;

/** A policy document in a request: a text of JSON, or an object. `undefined` where it is neither. */
export const policyWithin = (value: unknown): unknown => (isObject(value) ? value : unwrapped(textOf(value)));

/** Whether a statement of a policy denies anything. */
export const denies = (policy: unknown): boolean =>
  listOf(memberOf(policy, 'Statement')).some((statement) =>
    /^deny$/i.test(textOf(memberOf(statement, 'Effect')) ?? ''),
  );

/** Whether a statement of a policy allows, and spells one of `principals` anywhere. */
export function allows(policy: unknown, principals: readonly string[]): boolean {
  return listOf(memberOf(policy, 'Statement')).some(
    (statement) =>
      /^allow$/i.test(textOf(memberOf(statement, 'Effect')) ?? '') &&
      textsWithin(memberOf(statement, 'Principal')).some((text) => principals.includes(text)),
  );
}

/** Whether a statement of a policy allows anybody but services that are called as `services`. */
export function allowsOthers(policy: unknown, services: readonly string[]): boolean {
  const known = ['Service', ...services];
  return listOf(memberOf(policy, 'Statement')).some(
    (statement) =>
      /^allow$/i.test(textOf(memberOf(statement, 'Effect')) ?? '') &&
      (!isAbsent(memberOf(statement, 'NotPrincipal')) ||
        textsWithin(memberOf(statement, 'Principal')).some((text) => !known.includes(text))),
  );
}

/** A flag that the request turns off. */
export const turnsOff = (situation: Situation, ...path: readonly string[]): boolean =>
  flagOf(requested(situation, ...path)) === false;

/** A member the request gives a value to, an empty one included. */
export const gives = (situation: Situation, ...path: readonly string[]): boolean =>
  !isAbsent(requested(situation, ...path));

/** A text of a request, quoted in evidence. */
export const shownText = (value: unknown): string => textOf(value) ?? '(none)';
