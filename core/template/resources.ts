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

/** The resources of a template, those in loops once for each turn. */
export function resourcesIn(template: unknown): readonly Found[] {
  const resources = memberOf(template, 'Resources');
  const parameters = memberOf(template, 'Parameters');
  if (!isObject(resources)) return [];
  return Object.entries(resources).flatMap(([logicalId, resource]): readonly Found[] => {
    const path = ['Resources', logicalId];
    if (logicalId.startsWith('Fn::ForEach::')) return inLoop(resource, path, parameters, new Map());
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

/** `Fn::ForEach::Name: [Variable, [values], { "Id${Variable}": resource }]`. */
function inLoop(loop: unknown, path: Path, parameters: unknown, outer: ReadonlyMap<string, unknown>): readonly Found[] {
  if (!Array.isArray(loop) || outer.size > 4) return [];
  const [variable, collection, body] = loop as readonly unknown[];
  if (typeof variable !== 'string' || !isObject(body)) return [];
  return valuesOf(collection, parameters).flatMap((value) => {
    const variables = new Map([...outer, [variable, value]]);
    return Object.entries(body).flatMap(([key, resource]): readonly Found[] => {
      if (key.startsWith('Fn::ForEach::')) return inLoop(resource, [...path, 2, key], parameters, variables);
      return isObject(resource) ? [found(inTurn(key, variables), resource, [...path, 2, key], variables)] : [];
    });
  });
}

/** The values of a loop; where they are not known, it is gone through once. */
function valuesOf(collection: unknown, parameters: unknown): readonly string[] {
  if (Array.isArray(collection)) return collection.slice(0, MOST).map(String);
  const fallback = textOf(memberOf(parameters, textOf(memberOf(collection, 'Ref')) ?? '', 'Default'));
  return fallback?.split(',').map((each) => each.trim()) ?? ['Each'];
}

const inTurn = (key: string, variables: ReadonlyMap<string, unknown>): string =>
  key.replace(/[$&]\{([^{}]+)\}/g, (whole, name: string) => {
    const value = variables.get(name);
    return typeof value === 'string' ? value.replace(/[^A-Za-z0-9]/g, '') : whole;
  });
