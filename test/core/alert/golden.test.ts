import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { toAlert, type Alert, type AlertOptions } from '../../../core/alert';
import { toCall } from '../../../core/call';
import { changeOf, configurationAfter } from '../../../core/domain';
import { judge } from '../../../core/scan';
import { toCriteria } from '../../../core/settings';
import { GOLDEN as FOLDER, GOLDEN_NAMES as names, recordBefore, recordNamed } from '../../support/golden';
import { ROOT } from '../../support/root';
import { chatOf, checked, smsOf } from '../../support/alert-schema';

/** Set to write the golden files anew; read the difference before it is committed. */
const UPDATES = process.env['UPDATE_GOLDEN'] !== undefined;

const settings = toCriteria({ trustedCallers: ['arn:aws:iam::111122223333:role/deploy-*'] });

/** What is known around some of the calls, beside what held before. */
const AROUND: Readonly<Record<string, AlertOptions>> = {
  'told-again-as-worse': {
    correction: { told: 'LOW' },
    whose: {
      account: {
        name: 'search-production',
        organization: 'o-a1b2c3d4e5',
        organizationalUnit: 'Production/Search',
        tags: { 'cost-centre': '4711' },
      },
      domain: { name: 'Orders of the shop', tags: { data: 'personal' } },
      owner: 'search platform',
      minimumSeverity: 'HIGH',
    },
  },
  'denials-of-one-caller': { burst: { uid: 'burst-0123456789abcdef', calls: 40 } },
};

function alertOf(name: string): Alert {
  const record = recordNamed(name);
  const [call, earlier] = [record, recordBefore(name)].map(toCall);
  const held = earlier && configurationAfter(earlier);
  const change = call && held && changeOf(call, held);
  const { findings } = judge(record, settings, change);
  const alert = call && toAlert(call, findings, { change, trust: settings.trust, ...AROUND[name] });
  if (!alert) throw new Error(`${name} makes no alert`);
  return checked(alert);
}

const json = (value: unknown): string => `${JSON.stringify(value, undefined, 2)}\n`;

/** Each kind of golden file, by the end of its name. */
const RENDERINGS: Readonly<Record<string, (alert: Alert) => string>> = {
  'email.txt': ({ subject, email }) => `Subject: ${subject}\n\n${email}`,
  'chat.json': (alert) => json(chatOf(alert)),
  'sms.txt': (alert) => `${smsOf(alert)}\n`,
  'ocsf.json': ({ body }) =>
    json({ ...body, metadata: { ...body.metadata, product: { ...body.metadata.product, version: '0.1.0' } } }),
};

describe.each(names)('the alert for %s', (name) => {
  test.each(Object.keys(RENDERINGS))('reads as in golden/*.%s', (kind) => {
    const file = join(FOLDER, `${name}.${kind}`);
    const rendered = RENDERINGS[kind]?.(alertOf(name)) ?? '';
    if (UPDATES) writeFileSync(file, rendered);
    expect(rendered).toBe(existsSync(file) ? readFileSync(file, 'utf8') : 'no golden file: set UPDATE_GOLDEN and run');
  });
});

test('every golden file belongs to a record', () => {
  const isOurs = (file: string): boolean => names.includes(file.split('.')[0] ?? '');
  const strays = readdirSync(FOLDER).filter((file) => !['before', 'records'].includes(file) && !isOurs(file));
  if (UPDATES) strays.forEach((file) => rmSync(join(FOLDER, file)));
  expect(UPDATES ? [] : strays).toEqual([]);
});

test('docs/alerts.md shows alerts as they are', () => {
  const file = join(ROOT, 'docs', 'alerts.md');
  const page = readFileSync(file, 'utf8');
  const shown = page.replace(
    /(<!-- golden: (\S+) -->\s*<!-- prettier-ignore -->\s*```\w+\n)[^]*?```/g,
    (_, head: string, example: string) => `${head}${readFileSync(join(FOLDER, example), 'utf8')}\`\`\``,
  );
  if (UPDATES) writeFileSync(file, shown);
  expect(UPDATES ? shown : page).toBe(shown);
  expect(shown.match(/<!-- golden/g)).toHaveLength(4);
});
