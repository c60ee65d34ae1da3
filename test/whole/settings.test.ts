import { readFileSync } from 'node:fs';
import path from 'node:path';
import { toCall } from '../../core/call';
import { toCriteria } from '../../core/settings/criteria';
import { LIST_SETTINGS, SETTINGS_MEMBERS } from '../../core/settings/problems';
import type { Settings } from '../../core/settings';
import { CONTEXT_KEYS, keyProblems } from '../../lib/context/keys';
import type { EsConfigMonitorProps } from '../../lib/es-config-monitor-props';
import { recordOf } from '../support/records';
import { ROOT } from '../support/root';

/*
 * A setting is declared by its type and by its check, neither of which compiles without the other. Its name, its context
 * key and the way to the function follow from these. What nothing follows from is looked for here.
 */

type Prop = keyof EsConfigMonitorProps;

/** The props that are no settings, in the order of the README. */
const OTHER_PROPS: Readonly<Record<Exclude<Prop, keyof Settings>, true>> = {
  trailBucket: true,
  logFilePrefix: true,
  notifications: true,
  skipDestinationValidation: true,
  encryptionKey: true,
  logFileRetention: true,
  organization: true,
  completeness: true,
  fastPath: true,
  fastPathFrom: true,
  subscribers: true,
  operationsSubscribers: true,
  eventBus: true,
  digest: true,
  digestSubscribers: true,
  silenceAfter: true,
  heartbeat: true,
  stateCheck: true,
  dashboard: true,
  tellWhenStopped: true,
  runtime: true,
  architecture: true,
};

const PROPS = [...Object.keys(OTHER_PROPS), ...SETTINGS_MEMBERS];

const pageOf = (name: string): string => readFileSync(path.join(ROOT, name), 'utf8');
const configuration = pageOf('docs/configuration.md');
const isIn = (names: readonly string[], name: string): boolean => names.includes(name);

/** The rows of the first table of a page whose first column is `prop`: the name of the prop, and the other cells. */
function rowsOf(page: string): ReadonlyMap<string, readonly string[]> {
  const [, table = ''] = /^\| prop +\|.*\n\|[ -|]+\|\n((?:\|.*\n)+)/m.exec(page) ?? [];
  const rows = table.trimEnd().split('\n');
  return new Map(
    rows.map((row) => {
      const [prop = '', ...cells] = row
        .split('|')
        .map((cell) => cell.trim())
        .slice(1, -1);
      return [/^`(\w+)`/.exec(prop)?.[1] ?? prop, cells];
    }),
  );
}

const inReadme = rowsOf(pageOf('README.md'));

/** The part of a page below a heading, up to the next one of its level. */
function below(heading: string, page: string): string {
  return page.split(`\n## ${heading}\n`)[1]?.split('\n## ')[0] ?? '';
}

/** The settings that are looked at while criteria are made and asked. */
function settingsInCriteria(): readonly string[] {
  const seen: string[] = [];
  const call = toCall(recordOf('es_DeleteDomain'));
  if (!call) throw new Error('es_DeleteDomain is no configuration call');
  toCriteria(new Proxy<Settings>({}, { get: (_, name) => void seen.push(String(name)) })).suppressionOf(call, 'any');
  return seen;
}

const inCriteria = settingsInCriteria();

/** Where each setting has to be, and whether it is there. */
const PLACES: Readonly<Record<string, (setting: string) => boolean>> = {
  'core/settings/criteria.ts: what is judged by it': (setting) => isIn(inCriteria, setting),
  'README.md: a row, with its context key or the way without one': (setting) =>
    inReadme.get(setting)?.[0] === (isIn(LIST_SETTINGS, setting) ? `\`${setting}\`` : 'in the file `config` names'),
  'docs/configuration.md: a heading or an item under "What is judged, and how"': (setting) =>
    new RegExp(`^(?:### |- )\`${setting}\``, 'm').test(below('What is judged, and how', configuration)),
};

test.each(SETTINGS_MEMBERS)('the setting %s is missing nowhere', (setting) => {
  expect(Object.keys(PLACES).filter((place) => !PLACES[place]?.(setting))).toEqual([]);
});

test('the README has a row for each prop, and for nothing else', () => {
  expect([...inReadme.keys()]).toEqual(PROPS);
});

test.each(PROPS)('the prop %s is a context key, or is refused as one by the name of what to do', (prop) => {
  const refusal = expect.stringMatching(
    new RegExp(`^context key '${prop}' is no context key: (?:set|write) `),
  ) as string;
  expect(keyProblems([prop])).toEqual(isIn(CONTEXT_KEYS, prop) ? [] : [refusal]);
});
