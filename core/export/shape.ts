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
    'rows of CloudWatch Logs Insights without the record itself: add @message to the fields of the query',
    (value) => Array.isArray(value['results']) && 'statistics' in value,
  ],
  ['the state of domains: give it as --baseline', isState],
  ['an alert of this monitor, which holds no record', (value) => value['class_uid'] === 2004],
  ['settings of this monitor: give them as --settings', isSettings],
];

/** A clause that says what a value without a record looks like: by its members' names, never by what they hold. */
export function shapeOf(value: unknown): string {
  if (Array.isArray(value)) {
    return value.length === 0
      ? 'an empty list, which does not tell of what'
      : `a list of ${value.length} whose first is ${shapeOf(value[0])}`;
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

/** Its files may be JSON, so that the archive looks like text around it. */
export const isTar = (bytes: Buffer): boolean => bytes.toString('latin1', 257, 262) === 'ustar';

/** What a text that is no JSON looks like by its beginning, where that is known. */
export function shapeOfText(bytes: Buffer): string | undefined {
  const beginning = bytes.toString('latin1', 0, 8);
  const binary = BINARY.find(([, magic]) => beginning.startsWith(magic));
  if (binary) return binary[0];
  if (isTar(bytes)) return 'a tar archive: unpack it';
  const text = bytes.toString('utf8', 0, 4096).trimStart();
  if (text === '') return 'empty but for white space';
  return TEXTS.find(([, pattern]) => pattern.test(text))?.[0] ?? (text.includes('\u0000') ? 'binary data' : undefined);
}

const BINARY: readonly (readonly [what: string, magic: string])[] = [
  ['a zip archive: unpack it', 'PK\u0003\u0004'],
  ['a Parquet file, which is not read', 'PAR1'],
  ['an ORC file, which is not read', 'ORC'],
  ['data compressed with bzip2: decompress it', 'BZh'],
  ['data compressed with zstd: decompress it', '(\u00b5/\u00fd'],
  ['data compressed with xz: decompress it', '\u00fd7zXZ'],
];

const TEXTS: readonly (readonly [what: string, pattern: RegExp])[] = [
  ['HTML or XML', /^</],
  ['the table that --output table draws: use --output json', /^[-+|]{2}|^\|/],
  ['what Python prints of an object: save it with json.dumps', /^[[{]\s*'|^\[\s*\{\s*'/],
  ['an error of the AWS CLI', /^(An error occurred|Unable to locate credentials|usage: aws)/],
  ['YAML: use --output json', /^(---\s|-?\s*[A-Za-z][\w-]*:(\s|$))/],
  ['a table without the record itself: select eventJson or @message', /^"?[\w@. ]+"?(,"?[\w@. ]+"?)+\r?\n/],
];

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
