import { isObject, textOf } from '../base/members';
import { plain } from '../base/plain-text';
import { SETTINGS_MEMBERS } from '../settings';

/** What else is known by its shape, by what a sentence calls it. The first that fits is told. */
const KNOWN: readonly (readonly [what: string, fits: (value: Readonly<Record<string, unknown>>) => boolean])[] = [
  ['a notification about objects in a bucket: read the objects', announces],
  [
    'an answer of CloudTrail Lake whose query is not finished',
    ({ QueryStatus: status }) => isText(status) && status !== 'FINISHED',
  ],
  [
    'rows of CloudTrail Lake without the record itself: add the column eventJson to the query',
    (value) => Array.isArray(value['QueryResultRows']),
  ],
  [
    'an answer of CloudWatch Logs Insights whose query is not finished',
    ({ status, ...value }) => isText(status) && 'statistics' in value && !/^complete$/i.test(status),
  ],
  [
    'rows of CloudWatch Logs Insights without the record itself: add @message to the fields of the query',
    (value) => Array.isArray(value['results']) && 'statistics' in value,
  ],
  [
    'events of lookup-events without the record itself: keep CloudTrailEvent in the query',
    (value) => isLookedUp(value) || (Array.isArray(value['Events']) && isLookedUp(value['Events'][0])),
  ],
  ['an event of EventBridge that is no API call', (value) => 'detail-type' in value && 'detail' in value],
  ['the state of domains: give it as --baseline', isState],
  ['an alert of this monitor, which holds no record', (value) => value['class_uid'] === 2004],
  ['settings of this monitor: give them as --settings', isSettings],
];

/** Lists in lists that are told, and no more of them. */
const MOST_LISTS = 3;

/**
 * A clause that says what a value without a record looks like: by its members' names, never by what they hold.
 * @param depth how many lists it is in
 */
export function shapeOf(value: unknown, depth = 0): string {
  if (Array.isArray(value)) {
    if (value.length === 0) return 'an empty list, which does not tell of what';
    const first = depth < MOST_LISTS ? shapeOf(value[0], depth + 1) : 'another';
    return `a list of ${value.length} whose first is ${first}`;
  }
  if (!isObject(value)) return value === null ? 'null' : `a ${typeof value === 'string' ? 'text' : typeof value}`;
  const known = KNOWN.find(([, fits]) => fits(value));
  if (known) return known[0];
  const names = Object.keys(value)
    .slice(0, 5)
    .map((name) => plain(name, 40));
  return names.length === 0 ? 'an object with nothing in it' : `an object with ${names.join(', ')}`;
}

/** Settings of the monitor, as they lie beside log files. */
export function isSettings(value: unknown): boolean {
  const names = isObject(value) ? Object.keys(value) : [];
  return (
    names.length > 0 && names.every((name) => name === '$schema' || SETTINGS_MEMBERS.some((member) => member === name))
  );
}

/** What a text that is no JSON looks like by its beginning, where that is known. */
export function shapeOfText(bytes: Buffer): string | undefined {
  const text = bytes.toString('utf8', 0, 4096).trimStart();
  if (text === '') return 'empty but for white space';
  return TEXTS.find(([, pattern]) => pattern.test(text))?.[0] ?? (text.includes('\u0000') ? 'binary data' : undefined);
}

const TEXTS: readonly (readonly [what: string, pattern: RegExp])[] = [
  ['HTML or XML', /^</],
  ['the table that --output table draws: use --output json', /^[-+|]{2}|^\|/],
  ['what Python prints of an object: save it with json.dumps', /^[[{]\s*'|^\[\s*\{\s*'/],
  ['what the AWS CLI prints where a query finds nothing', /^(null|None)\s*$/],
  [
    'an error of the AWS CLI',
    /^(An error occurred|Unable to locate credentials|usage: aws|The SSO session|Error (loading|when retrieving)|Could not connect)/,
  ],
  ['YAML: use --output json', /^(---\s|-?\s*[A-Za-z][\w-]*:(\s|$))/],
  [
    'the table that the console of CloudTrail saves, without the records: download it as JSON',
    /^"?Event (time|name|id)"?,/i,
  ],
  ['a table without the record itself: select eventJson or @message', /^"?[\w@. ]+"?(,"?[\w@. ]+"?)+\r?\n/],
];

const isLookedUp = (value: unknown): boolean => isObject(value) && 'EventId' in value && 'EventName' in value;

const isText = (value: unknown): value is string => textOf(value) !== undefined;

function announces(value: Readonly<Record<string, unknown>>): boolean {
  const [first] = Array.isArray(value['Records']) ? (value['Records'] as readonly unknown[]) : [value];
  if (!isObject(first)) return false;
  return (
    isObject(first['s3']) || 's3ObjectKey' in first || first['source'] === 'aws.s3' || first['Event'] === 's3:TestEvent'
  );
}

function isState(value: Readonly<Record<string, unknown>>): boolean {
  return ['DomainStatus', 'DomainStatusList', 'DomainConfig'].some((name) => name in value);
}
