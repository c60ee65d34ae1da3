import { leavesOpen, saysTheSame } from '../access-policy';
import { isOfDomain, isSecretMember, redactorOf, type Call, type Operation } from '../call';
import { flagOf, isBlank, isLargerThan, isObject, memberOf } from '../base/members';
import { once } from '../base/once';

/** What a domain has, one value for each leaf of its configuration, by path in lower case. No secrets are in it. */
export type Configuration = Readonly<Record<string, Value>>;

export interface Value {
  /** The path in CloudTrail's spelling: `['domainEndpointOptions', 'enforceHTTPS']`. */
  readonly path: readonly string[];
  /** A scalar as the API takes it, in whatever form it was recorded, or a list as recorded. */
  readonly value: unknown;
}

/** A leaf that a call gives another value than the one it had. */
export interface Difference {
  /** As the keys of a `Configuration`. */
  readonly key: string;
  readonly path: readonly string[];
  /** `undefined` where it had none, or where it is not known. */
  readonly before: unknown;
  readonly after: unknown;
}

/** What a call changes. */
export interface Change {
  readonly differences: readonly Difference[];
  /** Everything it asks for was known to hold before; in a history, people had been told of all of it as well. */
  readonly isUnchanged: boolean;
  readonly before: Configuration;
  /**
   * It differs in secrets alone, which the same caller had set within a day before: they may be the same, or not. In a
   * history, people had been told of all else it asks for.
   */
  readonly isRepeat?: boolean;
  /** Of what it asks for again, what people had been told of. @default - not known */
  readonly told?: Configuration;
  /** Where it shuts a domain that stood open: how long it did, as a clause. It quotes text written by strangers. */
  readonly closes?: string;
}

const keyOf = (path: readonly string[]): string => path.join('\u0000').toLowerCase();

const ACCESS_POLICIES = 'accesspolicies';

/** Members of a request that are no part of a configuration. */
const NO_CONFIGURATION = new Set(['domainname', 'dryrun', 'dryrunmode', 'acceptedwarnings', 'taglist', 'clienttoken']);

/** Blocks of a response that tell a state, and not what was set. */
const STATES = new Set([
  'arn',
  'created',
  'deleted',
  'processing',
  'upgradeprocessing',
  'domainid',
  'domainname',
  'endpoint',
  'endpoints',
  'endpointv2',
  'domainendpointv2hostedzoneid',
  'servicesoftwareoptions',
  'changeprogressdetails',
  'domainprocessingstatus',
  'modifyingproperties',
]);

/** The API nests a handful of levels, a whole configuration has some two hundred settings, and its names some forty letters. */
const LARGEST = { depth: 20, members: 2000, name: 200 };

const SETTING_OPERATIONS: readonly Operation[] = [
  'CreateDomain',
  'UpdateDomainConfig',
  'CancelDomainConfigChange',
  'DeleteDomain',
];

/** Whether its domain may have another configuration after the call than before it, also by an operation nobody knows. */
export function setsConfiguration(call: Call): boolean {
  if (!isOfDomain(call)) return false;
  const maySet = call.operation === undefined ? call.access === 'change' : SETTING_OPERATIONS.includes(call.operation);
  return maySet && call.outcome === 'succeeded' && !call.isRehearsal;
}

/** Whether the record of a call that sets the configuration tells all that it leaves behind. */
export const tellsConfiguration = once((call: Call): boolean => {
  const isAbout = call.operation === 'CreateDomain' || call.operation === 'UpdateDomainConfig';
  if (!isAbout || !setsConfiguration(call) || blocksOf(call) === undefined || call.parametersOmitted) return false;
  return !isLargerThan(LARGEST, call.request) && !isLargerThan(LARGEST, call.response);
});

/** The configuration a successful call leaves behind: its response, and on top what was asked and may still be applied. */
export const configurationAfter = once((call: Call): Configuration => {
  const values = { ...valuesIn(blocksOf(call), STATES), ...valuesIn(call.request, NO_CONFIGURATION) };
  const redacted = redactorOf(call).kept;
  return Object.fromEntries(Object.entries(values).filter(([, { value }]) => !quotesSecret(value, redacted)));
});

/** What a call asks for, with what stands for its secrets. */
const askedBy = once((call: Call): Configuration => valuesIn(call.request, NO_CONFIGURATION, 'with secrets'));

/** A value may repeat what the record holds as a secret elsewhere, and would be shown with a later call that changes it. */
function quotesSecret(value: unknown, redacted: (text: string) => string): boolean {
  if (Array.isArray(value)) return value.some((item) => quotesSecret(item, redacted));
  if (isObject(value)) return Object.values(value).some((member) => quotesSecret(member, redacted));
  return typeof value === 'string' && redacted(value) !== value;
}

/** What a successful update changes, given what held before. */
export function changeOf(call: Call, before: Configuration): Change {
  const asked = Object.entries(askedBy(call));
  const differences = asked
    .filter(([key, { value }]) => !isSame(key, value, before[key]?.value))
    .map(([key, { path, value }]) => ({
      key,
      path,
      before: before[key]?.value,
      after: isSecret(path) ? HIDDEN : value,
    }));
  return { differences, isUnchanged: asked.length > 0 && differences.length === 0, before };
}

/** The leaves a call sets, secrets among them, as the keys of a `Configuration`. A creation sets all that its answer shows. */
export function keysSetBy(call: Call): readonly string[] {
  if (!tellsConfiguration(call)) return [];
  const asked = askedBy(call);
  return Object.keys(call.operation === 'CreateDomain' ? { ...valuesIn(blocksOf(call), STATES), ...asked } : asked);
}

/** Tells whether what the call sets a leaf to is what the leaf is in a configuration. Each value is compared once. */
export function holdsAlready(call: Call): (key: string, configuration: Configuration) => boolean {
  const asked = askedBy(call);
  const compared = new Map<string, Map<unknown, boolean>>();
  return (key, configuration) => {
    const before = configuration[key]?.value;
    const ofLeaf = compared.get(key) ?? new Map<unknown, boolean>();
    compared.set(key, ofLeaf);
    const isHeld = ofLeaf.get(before) ?? (asked[key] !== undefined && isSame(key, asked[key].value, before));
    ofLeaf.set(before, isHeld);
    return isHeld;
  };
}

/** Whether a key of a `Configuration` would be that of a secret. */
export const isSecretKey = (key: string): boolean => isSecret(key.split('\u0000'));

/** The value of one leaf, whatever the letter case of its path; `undefined` where it is not known or not set. */
export function valueIn(configuration: Configuration | undefined, ...path: readonly string[]): unknown {
  return configuration?.[keyOf(path)]?.value;
}

/** Stands for a value that is never shown. */
export const HIDDEN = '(hidden)';

function blocksOf({ response }: Call): unknown {
  const config = memberOf(response, 'domainConfig');
  if (!isObject(config))
    return isObject(memberOf(response, 'domainStatus')) ? memberOf(response, 'domainStatus') : undefined;
  return Object.fromEntries(Object.entries(config).map(([name, block]) => [name, memberOf(block, 'options')]));
}

function valuesIn(tree: unknown, except: ReadonlySet<string>, secrets?: 'with secrets'): Configuration {
  // Not an object: a stranger's member may be called __proto__.
  const values = new Map<string, Value>();
  const visit = (value: unknown, path: readonly string[]): void => {
    if (value === undefined || value === null || (path.length === 1 && except.has(keyOf(path)))) return;
    // The names before the last were asked about on the way here.
    if (isSecret(path.slice(-1))) {
      if (secrets) values.set(keyOf(path), { path, value: HIDDEN });
      return;
    }
    if (!isObject(value) || keyOf(path) === ACCESS_POLICIES) {
      values.set(keyOf(path), { path, value: valueOf(path, value) });
      return;
    }
    for (const [name, member] of Object.entries(value)) visit(member, [...path, name]);
  };
  visit(tree, []);
  return Object.fromEntries(values);
}

/** CloudTrail writes booleans and numbers now as themselves, now as text; a policy and the user's own options are texts. */
function valueOf(path: readonly string[], value: unknown): unknown {
  const [block = ''] = path.map((name) => name.toLowerCase());
  if (block === ACCESS_POLICIES || block === 'advancedoptions') {
    return typeof value === 'string' ? value : JSON.stringify(value);
  }
  if (typeof value !== 'string') return value;
  if (/^\d{1,15}$/.test(value)) return Number(value);
  // The 2015 API's names of instance types, with the current ones.
  if (block === 'clusterconfig') return flagOf(value) ?? value.replace(/\.elasticsearch$/, '.search');
  return flagOf(value) ?? value;
}

/** Secrets are never kept, so a call that sets one always counts as a change. */
const isSecret = (path: readonly string[]): boolean => path.some(isSecretMember);

/** Criteria that end by themselves, a pause of snapshots after days and anonymous access after a month: set again, they begin anew. */
const RUN_OUT = new Set([
  keyOf(['automatedSnapshotPauseOptions', 'enabled']),
  keyOf(['advancedSecurityOptions', 'anonymousAuthEnabled']),
]);

function isSame(key: string, asked: unknown, before: unknown): boolean {
  if (before === undefined || asked === HIDDEN || (asked === true && RUN_OUT.has(key))) return false;
  if (key === ACCESS_POLICIES) return isSamePolicy(asked, before);
  return textOfValue(asked) === textOfValue(before);
}

/** Of a policy that leaves open what it says, it cannot be told that it says the same. */
function isSamePolicy(asked: unknown, before: unknown): boolean {
  if (isBlank(asked) || isBlank(before)) return isBlank(asked) && isBlank(before);
  if (!saysTheSame(asked, before)) return false;
  return !leavesOpen(asked);
}

/** The order of a list says nothing. */
function textOfValue(value: unknown): string {
  if (Array.isArray(value)) return JSON.stringify(value.map(textOfValue).toSorted());
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
}
