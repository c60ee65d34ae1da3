import { EVENT_NAMES } from '../call';
import { ALERT_SEVERITIES, SEVERITIES } from '../base/severity';
import { RULES, RULE_IDS } from '../rules';
import { ACCOUNT, ORGANIZATION } from './problems/identifiers';
import { VPC_OR_ENDPOINT } from './problems/network';
import { RECORD_FIELDS } from './problems/record-fields';
import { CONDITIONS } from './problems/suppression';
import { LONGEST_NAME, NAME } from './problems/watch-pattern';
import { DOCUMENT, DOMAIN_ARN } from './problems/way-back';
import { LONGEST_HELD_NAME, OWNER } from './problems/ownership';
import type { Account, Ownership, Settings, Suppression, WatchPattern, WayBack } from './settings';
import { ADDRESSES } from './subscriber';

export type Schema = Readonly<Record<string, unknown>>;

/** A schema for each member of `Type`, and for no other. */
type Properties<Type> = Readonly<Record<keyof Type, Schema>>;

const text = (pattern: RegExp | string): Schema => ({
  type: 'string',
  pattern: typeof pattern === 'string' ? pattern : pattern.source,
});
const list = (items: Schema, more: Schema = {}): Schema => ({ type: 'array', items, ...more });
const oneOf = (names: readonly string[]): Schema => ({ type: 'string', enum: names });

/** Long lists, written once. */
const DEFINITIONS = { eventName: oneOf(EVENT_NAMES), ruleId: oneOf(RULE_IDS), severity: oneOf(SEVERITIES) };

const the = (name: keyof typeof DEFINITIONS): Schema => ({ $ref: `#/definitions/${name}` });

const NOT_BLANK = text('\\S');

/** A pattern of an ARN: what `callerProblem` asks of it, as far as one expression says that. */
const CALLER = text('^arn:[^:\\s]+:[^:\\s]+:[^:\\s]*:[^:\\s]*:\\S+$');

const NETWORK: Schema = {
  type: 'string',
  anyOf: [{ pattern: '^[0-9A-Fa-f:.]+(/\\d{1,3})?$' }, { pattern: VPC_OR_ENDPOINT.source }],
};

const SUPPRESSION: Properties<Suppression> = {
  // A rule of the catalogue, which an editor completes, or the name of a watch pattern.
  rule: { anyOf: [the('ruleId'), text(NAME)] },
  eventName: the('eventName'),
  domain: text(/^[a-z][a-z0-9-]{2,27}$/),
  account: text(ACCOUNT),
  caller: CALLER,
  reason: NOT_BLANK,
  expires: text(/^\d{4}-\d{2}-\d{2}$/),
};

/** Lists of values, or objects of fields; EventBridge's operators are left to the checks. */
const VALUES_OR_FIELDS: Schema = { anyOf: [list({}, { minItems: 1 }), { type: 'object', minProperties: 1 }] };

const WATCH_PATTERN: Properties<WatchPattern> = {
  name: { ...text(NAME), maxLength: LONGEST_NAME, not: the('ruleId') },
  pattern: {
    type: 'object',
    minProperties: 1,
    properties: {
      ...Object.fromEntries(RECORD_FIELDS.map((field) => [field, VALUES_OR_FIELDS])),
      eventName: { anyOf: [list({ anyOf: [the('eventName'), {}] }, { minItems: 1 }), { type: 'object' }] },
      $or: VALUES_OR_FIELDS,
    },
    // The names on the way to a field may be written as one, joined with dots.
    patternProperties: { [`^(${RECORD_FIELDS.join('|')})\\.`]: VALUES_OR_FIELDS },
    additionalProperties: false,
  },
  severity: oneOf(ALERT_SEVERITIES),
};

const OWNERSHIP: Properties<Ownership> = {
  name: { ...NOT_BLANK, maxLength: LONGEST_HELD_NAME },
  owner: text(OWNER),
  subscribers: list({ type: 'string', anyOf: ADDRESSES.map(({ source }) => ({ pattern: source })) }, { minItems: 1 }),
  minimumSeverity: oneOf(ALERT_SEVERITIES),
  tags: { type: 'object', additionalProperties: { type: 'string' } },
};

const ACCOUNT_MEMBERS: Properties<Account> = {
  ...OWNERSHIP,
  organization: text(ORGANIZATION),
  organizationalUnit: NOT_BLANK,
};

const WAY_BACK: Properties<WayBack> = { document: text(DOCUMENT), domains: list(text(DOMAIN_ARN), { minItems: 1 }) };

/** Whoever is told, or told less, has to be somebody. */
const NEEDS_OWNER: Schema = { dependencies: { subscribers: ['owner'], minimumSeverity: ['owner'] } };

const objectOf = (
  properties: Readonly<Record<string, Schema>>,
  required: readonly string[],
  more: Schema = {},
): Schema => ({
  type: 'object',
  properties,
  required,
  additionalProperties: false,
  ...more,
});

/** What `patternProblem` asks of a pattern of domains, as far as one expression says that. */
const DOMAIN_PATTERN = /^(?:arn:[^\s]+|[a-z*?][a-z0-9*?-]*)$/;

function byKey(pattern: string, value: Schema): Schema {
  return { type: 'object', patternProperties: { [pattern]: value }, additionalProperties: false };
}

const SETTINGS: Properties<Settings> = {
  watchedEvents: list(the('eventName'), { minItems: 1 }),
  trustedAccounts: list(text(ACCOUNT)),
  trustedOrganizations: list(text(ORGANIZATION)),
  trustedNetworks: list(NETWORK),
  trustedCallers: list(CALLER),
  severityOverrides: objectOf(
    {
      ...Object.fromEntries([...RULE_IDS, ...EVENT_NAMES].map((name) => [name, the('severity')])),
      ...Object.fromEntries(RULES.map(({ id, title }) => [id, { ...the('severity'), description: title }])),
    },
    [],
  ),
  suppressions: list(
    objectOf(SUPPRESSION, ['reason', 'expires'], { anyOf: CONDITIONS.map((name) => ({ required: [name] })) }),
  ),
  watchPatterns: list(objectOf(WATCH_PATTERN, ['name', 'pattern', 'severity'])),
  accounts: byKey(ACCOUNT.source, objectOf(ACCOUNT_MEMBERS, [], NEEDS_OWNER)),
  domains: byKey(DOMAIN_PATTERN.source, objectOf(OWNERSHIP, [], NEEDS_OWNER)),
  wayBack: objectOf(WAY_BACK, ['document', 'domains']),
};

/**
 * The JSON Schema (draft 7) of a settings file, for editors: it refuses nothing that `problemsIn` takes. What one file cannot
 * tell of itself, such as the day, is left to `problemsIn`.
 *
 * @param descriptionOf what is said of a member of `Settings`, `Suppression` or `WatchPattern`
 */
export function settingsSchema(descriptionOf: (type: string, member: string) => string): Schema {
  const described = (type: string, members: Readonly<Record<string, Schema>>): Record<string, Schema> =>
    Object.fromEntries(
      Object.entries(members).map(([name, schema]) => [name, { description: descriptionOf(type, name), ...schema }]),
    );
  const inList = (schema: Schema, type: string, members: Readonly<Record<string, Schema>>): Schema => ({
    ...schema,
    items: { ...(schema['items'] as Schema), properties: described(type, members) },
  });
  const inObject = (schema: Schema, members: Readonly<Record<string, Schema>>): Schema => ({
    ...schema,
    patternProperties: Object.fromEntries(
      Object.entries(schema['patternProperties'] as Readonly<Record<string, Schema>>).map(([key, value]) => [
        key,
        { ...value, properties: members },
      ]),
    ),
  });
  const ownership = described('Ownership', OWNERSHIP);
  const { organization, organizationalUnit } = ACCOUNT_MEMBERS;
  const properties = {
    ...SETTINGS,
    accounts: inObject(SETTINGS.accounts, {
      ...ownership,
      ...described('Account', { organization, organizationalUnit }),
    }),
    domains: inObject(SETTINGS.domains, ownership),
    suppressions: inList(SETTINGS.suppressions, 'Suppression', SUPPRESSION),
    wayBack: objectOf(described('WayBack', WAY_BACK), ['document', 'domains']),
    watchPatterns: inList(SETTINGS.watchPatterns, 'WatchPattern', WATCH_PATTERN),
  };
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'Settings of es-config-monitor',
    // What editors of JSON go by; other readers of the schema know nothing of them.
    allowComments: true,
    allowTrailingCommas: true,
    definitions: DEFINITIONS,
    ...objectOf({ $schema: { type: 'string' }, ...described('Settings', properties) }, []),
  };
}
