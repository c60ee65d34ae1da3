import { isObject, memberOf, textOf } from '../base/members';
import { plain } from '../base/plain-text';
import type { Path } from '../declared';

/** A resource of a template, as it is written. */
export interface Found {
  readonly logicalId: string;
  readonly type: string;
  /** What people call it: the construct that made it, where the CDK says so, else its logical id. */
  readonly name: string;
  readonly path: Path;
  readonly resource: Readonly<Record<string, unknown>>;
  /** What the variables of `Fn::ForEach` around it are. */
  readonly variables: ReadonlyMap<string, unknown>;
}

/** A loop writes this many resources at most; CloudFormation takes 500 of a stack. */
const MOST = 500;

/** What the name of a loop begins with. */
export const LOOP = 'Fn::ForEach::';

/**
 * The resources of a template, those in loops once for each turn.
 * @param given values of parameters by their names
 */
export function resourcesIn(template: unknown, given: ReadonlyMap<string, string> = new Map()): readonly Found[] {
  const resources = memberOf(template, 'Resources');
  const valueOf = (parameter: string): string | undefined =>
    given.get(parameter) ?? textOf(memberOf(template, 'Parameters', parameter, 'Default'));
  if (!isObject(resources)) return [];
  return Object.entries(resources).flatMap(([logicalId, resource]): readonly Found[] => {
    const path = ['Resources', logicalId];
    if (logicalId.startsWith(LOOP)) return inLoop(resource, path, valueOf, new Map());
    return isObject(resource) ? [found(logicalId, resource, path, new Map())] : [];
  });
}

function found(
  logicalId: string,
  resource: Readonly<Record<string, unknown>>,
  path: Path,
  variables: ReadonlyMap<string, unknown>,
): Found {
  const construct = textOf(memberOf(resource, 'Metadata', 'aws:cdk:path'));
  return {
    logicalId,
    type: textOf(resource['Type']) ?? '',
    name: plain(construct?.replace(/\/Resource$/, '') ?? logicalId, 200),
    path,
    resource,
    variables,
  };
}

type ValueOf = (parameter: string) => string | undefined;

/** `Fn::ForEach::Name: [Variable, [values], { "Id${Variable}": resource }]`. */
function inLoop(loop: unknown, path: Path, valueOf: ValueOf, outer: ReadonlyMap<string, unknown>): readonly Found[] {
  if (!Array.isArray(loop) || outer.size > 4) return [];
  const [variable, collection, body] = loop as readonly unknown[];
  if (typeof variable !== 'string' || !isObject(body)) return [];
  return valuesOf(collection, valueOf).flatMap((value) => {
    const variables = new Map([...outer, [variable, value]]);
    return Object.entries(body).flatMap(([key, resource]): readonly Found[] => {
      if (key.startsWith(LOOP)) return inLoop(resource, [...path, 2, key], valueOf, variables);
      return isObject(resource) ? [found(inTurn(key, variables), resource, [...path, 2, key], variables)] : [];
    });
  });
}

/** The values of a loop; where they are not known, it is gone through once. */
function valuesOf(collection: unknown, valueOf: ValueOf): readonly string[] {
  if (Array.isArray(collection)) return collection.slice(0, MOST).map(String);
  const values = valueOf(textOf(memberOf(collection, 'Ref')) ?? '');
  return values?.split(',').map((each) => each.trim()) ?? ['Each'];
}

/** A name in this turn of a loop: `&{Variable}` leaves out what a logical id may not have. */
export const inTurn = (key: string, variables: ReadonlyMap<string, unknown>): string =>
  key.replace(/([$&])\{([^{}]+)\}/g, (whole, mark: string, name: string) => {
    const value = variables.get(name);
    if (typeof value !== 'string') return whole;
    return mark === '&' ? value.replace(/[^A-Za-z0-9]/g, '') : value;
  });
