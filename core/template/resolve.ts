import { isObject, listOf, memberOf, unwrapped } from '../base/members';
import { plain } from '../base/plain-text';
import { ACCOUNT, holdsUnknown, isUnknown, REGION, unknownText, type Choose } from '../declared';
import { attributeOf, type OwnResource, type StackPlace } from './attributes';
import { passedValue, valuesOfParameter } from './parameters';
import { POLICY_IN_CALL } from './policies';
import { inTurn, LOOP } from './resources';

/** What functions are resolved with. */
export interface Scope {
  readonly template: unknown;
  /** Values given for parameters, by name. */
  readonly parameters: ReadonlyMap<string, string>;
  readonly place: StackPlace;
  readonly choose: Choose;
  /** What the stack around this one passes by the name of a parameter, resolved. @default - there is none around it */
  readonly passed?: (name: string) => unknown;
  /** Variables of an enclosing `Fn::ForEach`. */
  readonly variables?: ReadonlyMap<string, unknown>;
  /** Resources whose properties are being resolved: one that refers to itself is not asked again. @default - none */
  readonly within?: readonly string[];
  readonly effort: Effort;
}

/** What may still be worked out in one reading: a few conditions of conditions, or names of names, are billions. */
export interface Effort {
  left: number;
}

/** A domain of a template has some hundred values; a step is one, or a hundred characters of a text that is made. */
export const newEffort = (): Effort => ({ left: 100_000 });

/** Takes a step; whether there was none left. */
function isSpent({ effort }: Scope, made?: unknown): boolean {
  effort.left -= typeof made === 'string' ? made.length / 100 : 1;
  return effort.left < 0;
}

const TOO_MUCH = 'what takes too long to be worked out';

/** Stands for `AWS::NoValue`: the member is left out. */
const NO_VALUE = Symbol('AWS::NoValue');

/** Conditions name conditions, and functions hold functions: deeper than this they name themselves. */
const DEEPEST = 100;

/** A value with its functions resolved; what cannot be known before the deployment is an unknown that says what it is. */
export function resolve(value: unknown, scope: Scope): unknown {
  const resolved = resolveAt(value, scope, 0);
  return resolved === NO_VALUE ? undefined : resolved;
}

function resolveAt(value: unknown, scope: Scope, depth: number): unknown {
  if (depth > DEEPEST) return unknownText('a function that is nested too deep');
  if (isSpent(scope)) return unknownText(TOO_MUCH);
  if (typeof value === 'string') return withoutReferences(value);
  if (Array.isArray(value)) {
    return value.map((item) => resolveAt(item, scope, depth + 1)).filter((item) => item !== NO_VALUE);
  }
  if (!isObject(value)) return value;
  const members = Object.entries(value);
  const [only] = members;
  if (only && members.length === 1) {
    const [name, argument] = only;
    const call = FUNCTIONS.get(name);
    if (call) return call(argument, (inner) => resolveAt(inner, scope, depth + 1), scope);
    if (name.startsWith('Fn::') && !name.startsWith(LOOP)) return unknownText(`${plain(name, 60)} of the template`);
  }
  if (members.some(([name]) => name === 'Fn::Transform')) return unknownText('what a macro (Fn::Transform) makes');
  const made = members.map(([name, member]): readonly [string, unknown][] | undefined => {
    if (name.startsWith(LOOP)) return turnsOf(member, scope, depth + 1);
    const resolved = resolveAt(member, scope, depth + 1);
    return resolved === NO_VALUE ? [] : [[name, resolved]];
  });
  return made.includes(undefined)
    ? unknownText('what a loop (Fn::ForEach) makes')
    : Object.fromEntries(made.flatMap((each) => each ?? []));
}

/** The members that a loop writes; `undefined` where what it goes through is not known. */
function turnsOf(loop: unknown, scope: Scope, depth: number): readonly [string, unknown][] | undefined {
  const [variable, collection, body] = listOf(loop);
  const values = resolveAt(collection, scope, depth);
  if (typeof variable !== 'string' || !isObject(body) || !Array.isArray(values) || values.some(holdsUnknown))
    return undefined;
  return values.flatMap((value: unknown) => {
    const variables = new Map([...(scope.variables ?? []), [variable, value]]);
    const resolved = resolveAt(body, { ...scope, variables }, depth);
    return isObject(resolved)
      ? Object.entries(resolved).map(([name, each]) => [inTurn(name, variables), each] as [string, unknown])
      : [];
  });
}

type Resolve = (value: unknown) => unknown;
type Call = (argument: unknown, resolved: Resolve, scope: Scope) => unknown;

const FUNCTIONS: ReadonlyMap<string, Call> = new Map<string, Call>([
  ['Ref', (argument, _resolved, scope) => reference(String(argument), scope)],
  ['Fn::GetAtt', (argument, resolved, scope) => attribute(argument, resolved, scope)],
  ['Fn::Sub', substituted],
  ['Fn::Join', joined],
  ['Fn::If', chosen],
  ['Fn::FindInMap', found],
  ['Fn::Select', selected],
  ['Fn::Split', split],
  ['Fn::ToJsonString', (argument, resolved) => JSON.stringify(resolved(argument))],
  ['Fn::Length', (argument, resolved) => lengthOf(resolved(argument))],
  ['Fn::Base64', (argument, resolved) => encoded(resolved(argument))],
  ['Fn::ImportValue', (argument, resolved) => unknownText(`the import ${toldOf(resolved(argument))}`)],
  ['Fn::GetAZs', () => unknownText('the availability zones')],
  ['Fn::Cidr', () => unknownText('an address range of Fn::Cidr')],
  [POLICY_IN_CALL, (argument, resolved) => policyInCall(resolved(argument))],
  ['Fn::Transform', () => unknownText('what a macro (Fn::Transform) makes')],
]);

const toldOf = (value: unknown): string =>
  typeof value === 'string' ? plain(value, 80) : 'of a name that is not known';

/** `{{resolve:ssm:name}}` is looked up by the deployment. */
const withoutReferences = (text: string): string =>
  text.replace(/\{\{resolve:[^{}]{1,500}\}\}/g, (whole) => unknownText(plain(whole.slice(2, -2), 100)));

/** What a `Ref`, or a name in a `Fn::Sub`, stands for. */
function reference(name: string, scope: Scope): unknown {
  const { accountId, region, partition } = scope.place;
  if (scope.variables?.has(name)) return scope.variables.get(name);
  switch (name) {
    case 'AWS::AccountId':
      return accountId;
    case 'AWS::Region':
      return region;
    case 'AWS::Partition':
      return partition;
    case 'AWS::URLSuffix':
      return partition === 'aws-cn' ? 'amazonaws.com.cn' : 'amazonaws.com';
    case 'AWS::NoValue':
      return NO_VALUE;
    default:
  }
  const parameter = ownMember(memberOf(scope.template, 'Parameters'), name);
  if (parameter !== undefined) {
    if (scope.passed) return passedValue(name, parameter, scope.passed(name));
    return scope.choose(`parameter ${name}`, valuesOfParameter(name, parameter, scope.parameters));
  }
  const own = resourceIn(name, scope);
  const answer = own && attributeOf(own, 'Ref', scope.place);
  return answer ?? unknownText(plain(name, 80));
}

function attribute(argument: unknown, resolved: Resolve, scope: Scope): unknown {
  const [name, attributeName] = typeof argument === 'string' ? partsOf(argument) : partsOfList(resolved(argument));
  const own = resourceIn(name, scope);
  return (
    (own && attributeOf(own, attributeName, scope.place)) ??
    unknownText(`${plain(name, 80)}.${plain(attributeName, 80)}`)
  );
}

function partsOf(text: string): readonly [string, string] {
  const dot = text.indexOf('.');
  return dot === -1 ? [text, ''] : [text.slice(0, dot), text.slice(dot + 1)];
}

const partsOfList = (list: unknown): readonly [string, string] =>
  Array.isArray(list) ? [String(list[0]), list.slice(1).map(String).join('.')] : ['', ''];

/** Exactly by this name: resources of a template differ in letter case alone if somebody wants them to. */
export const ownMember = (value: unknown, name: string): unknown =>
  isObject(value) && Object.hasOwn(value, name) ? value[name] : undefined;

function resourceIn(logicalId: string, scope: Scope): OwnResource | undefined {
  const resource = ownMember(memberOf(scope.template, 'Resources'), logicalId);
  const within = scope.within ?? [];
  if (!isObject(resource) || within.includes(logicalId)) return undefined;
  const property = (name: string): unknown => {
    const value = resolve(memberOf(resource, 'Properties', name), { ...scope, within: [...within, logicalId] });
    return holdsUnknown(value) && name !== 'DomainName' ? undefined : value;
  };
  return { logicalId, type: String(resource['Type']), property };
}

/** What a value is within a text. */
function asText(value: unknown): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (value === NO_VALUE) return '';
  return unknownText('a value that is no text');
}

function substituted(argument: unknown, resolved: Resolve, scope: Scope): unknown {
  const [text, variables] = Array.isArray(argument) ? (argument as readonly unknown[]) : [argument];
  if (typeof text !== 'string') return unknownText('Fn::Sub of no text');
  return withoutReferences(text).replace(/\$\{(!?)([^${}]*)\}/g, (_whole, literal: string, inner: string) => {
    const name = inner.trim();
    if (literal === '!') return `\${${name}}`;
    const own = ownMember(variables, name);
    if (own !== undefined) return part(resolved(own), scope);
    return part(name.includes('.') ? attribute(name, resolved, scope) : reference(name, scope), scope);
  });
}

/** What a value is within a text that is made of it. */
function part(value: unknown, scope: Scope): string {
  const text = asText(value);
  return isSpent(scope, text) ? unknownText(TOO_MUCH) : text;
}

function joined(argument: unknown, resolved: Resolve, scope: Scope): unknown {
  const [separator, list] = Array.isArray(argument) ? (argument as readonly unknown[]).map(resolved) : [];
  if (typeof separator !== 'string' || !Array.isArray(list)) return unknownText('Fn::Join of what is not known');
  return list.map((each) => part(each, scope)).join(separator);
}

function chosen(argument: unknown, resolved: Resolve, scope: Scope): unknown {
  const [condition, then, otherwise] = Array.isArray(argument) ? (argument as readonly unknown[]) : [];
  return resolved(conditionHolds(String(condition), scope) ? then : otherwise);
}

function found(argument: unknown, resolved: Resolve, scope: Scope): unknown {
  if (!Array.isArray(argument)) return unknownText('Fn::FindInMap of no list');
  const [mapName, ...keys] = argument.slice(0, 3).map(resolved);
  let value = ownMember(memberOf(scope.template, 'Mappings'), String(mapName));
  for (const key of keys) value = holdsUnknown(key) ? undefined : ownMember(value, asText(key));
  if (value !== undefined) return value;
  const fallback = memberOf(argument[3], 'DefaultValue');
  const isKnown = ![mapName, ...keys].some(holdsUnknown);
  if (fallback !== undefined && isKnown) return resolved(fallback);
  return unknownText(`the mapping ${toldOf(mapName)}`);
}

function selected(argument: unknown, resolved: Resolve): unknown {
  const [index, list] = Array.isArray(argument) ? (argument as readonly unknown[]).map(resolved) : [];
  if (isUnknown(list)) return list;
  const at = Number(index);
  const item: unknown = Array.isArray(list) && Number.isInteger(at) ? list[at] : undefined;
  return item ?? unknownText('Fn::Select of what is not known');
}

function split(argument: unknown, resolved: Resolve): unknown {
  const [separator, text] = Array.isArray(argument) ? (argument as readonly unknown[]).map(resolved) : [];
  if (typeof separator !== 'string' || typeof text !== 'string') return unknownText('Fn::Split of what is not known');
  if (isUnknown(text)) return text;
  return separator === '' ? [text] : text.split(separator);
}

const policyInCall = (call: unknown): unknown =>
  memberOf(unwrapped(call), 'parameters', 'AccessPolicies') ?? unknownText('the policy that a custom resource sets');

const lengthOf = (value: unknown): unknown =>
  Array.isArray(value) ? value.length : unknownText('the length of what is not known');

const encoded = (value: unknown): unknown =>
  typeof value === 'string' && !holdsUnknown(value)
    ? Buffer.from(value, 'utf8').toString('base64')
    : unknownText('Fn::Base64 of what is not known');

/** Whether a condition holds. Where that depends on what is not known, both are tried. */
export function conditionHolds(name: string, scope: Scope): boolean {
  const truth = truthOf({ Condition: name }, scope, 0);
  if (truth !== undefined) return truth;
  const shown = plain(name, 80);
  return scope.choose(`condition ${name}`, [
    { value: true, says: `the condition ${shown} holds` },
    { value: false, says: `the condition ${shown} does not hold` },
  ]);
}

function truthOf(test: unknown, scope: Scope, depth: number): boolean | undefined {
  if (depth > DEEPEST || isSpent(scope) || !isObject(test)) return undefined;
  const [only] = Object.entries(test);
  if (!only) return undefined;
  const [name, argument] = only;
  const truths = (): readonly (boolean | undefined)[] =>
    Array.isArray(argument) ? argument.map((each) => truthOf(each, scope, depth + 1)) : [];
  switch (name) {
    case 'Condition': {
      const condition = ownMember(memberOf(scope.template, 'Conditions'), String(argument));
      return truthOf(condition, scope, depth + 1);
    }
    case 'Fn::Equals':
      return areEqual(argument, scope);
    case 'Fn::Not': {
      const [truth] = truths();
      return truth === undefined ? undefined : !truth;
    }
    case 'Fn::And': {
      const all = truths();
      return all.includes(false) ? false : all.includes(undefined) ? undefined : true;
    }
    case 'Fn::Or': {
      const any = truths();
      return any.includes(true) ? true : any.includes(undefined) ? undefined : false;
    }
    default:
      return undefined;
  }
}

function areEqual(argument: unknown, scope: Scope): boolean | undefined {
  const values = Array.isArray(argument) ? argument.map((each) => resolve(each, scope)) : [];
  const [one, other] = values.map((each) => JSON.stringify(typeof each === 'string' ? each : asText(each)));
  if (values.length !== 2 || one === undefined || other === undefined) return undefined;
  // Two of which the same is not known are one only if they are written alike.
  if ([one, other].some(holdsUnknown)) {
    const [written, alike] = listOf(argument).map((each) => JSON.stringify(each));
    return written === alike ? true : undefined;
  }
  if (one === other) return true;
  return [one, other].some((each) => each.includes(ACCOUNT) || each.includes(REGION)) ? undefined : false;
}
