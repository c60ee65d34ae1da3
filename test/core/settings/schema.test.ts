import Ajv from 'ajv';
import * as fc from 'fast-check';
import { EVENT_NAMES } from '../../../core/call';
import { RULE_IDS } from '../../../core/rules';
import { ALERT_SEVERITIES, SEVERITIES } from '../../../core/base/severity';
import { problemsIn, settingsSchema } from '../../../core/settings';
import { NAMELESS, SETTINGS_MISTAKES } from '../../lib/mistakes/settings';

const TODAY = '2026-11-24';
const isValid = new Ajv({ strict: false }).compile(settingsSchema((type, member) => `${type}.${member}`));

/** What a file may hold: settings as JSON has them. */
const asJson = (value: unknown): unknown => JSON.parse(JSON.stringify(value)) as unknown;

describe('the schema of a settings file', () => {
  test.each([...SETTINGS_MISTAKES, NAMELESS].map(({ settings, isInSchema }) => [isInSchema, settings] as const))(
    'finds what is wrong, %s, with %j',
    (isInSchema, settings) => {
      expect(isValid(asJson(settings))).toBe(!isInSchema);
      expect(problemsIn(asJson(settings), TODAY)).not.toEqual([]);
    },
  );

  test('takes whatever the checks take', () => {
    let taken = 0;
    fc.assert(
      fc.property(someSettings, (settings) => {
        if (problemsIn(asJson(settings), TODAY).length > 0) return;
        taken += 1;
        expect([isValid(asJson(settings)), isValid.errors]).toEqual([true, null]);
      }),
      { numRuns: 4000 },
    );
    expect(taken).toBeGreaterThan(200);
  });

  test('takes a file that names it', () => {
    expect(isValid({ $schema: './monitor.schema.json', trustedAccounts: ['111122223333'] })).toBe(true);
    expect(isValid({ $schema: 1 })).toBe(false);
  });
});

/* Settings that are often right, and otherwise nearly. */

const odd = fc.oneof(fc.constantFrom('', ' ', '*', 'x', null, 1, true), fc.string(), fc.array(fc.string()));
const mostly = <Value>(value: fc.Arbitrary<Value>): fc.Arbitrary<unknown> =>
  fc.oneof({ weight: 60, arbitrary: value }, { weight: 1, arbitrary: odd });
const listOf = (item: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> => fc.array(mostly(item), { maxLength: 3 });
const someOf = (members: Record<string, fc.Arbitrary<unknown>>): fc.Arbitrary<unknown> =>
  fc.record(members, { requiredKeys: [] });

const eventName = fc.constantFrom(...EVENT_NAMES);
const account = fc.stringMatching(/^\d{12}$/);
const caller = fc.stringMatching(/^arn:aws:iam::(\d{12}|\*):role\/[a-z]{1,5}[*?]?$/);
const network = fc.oneof(
  fc.constantFrom('10.0.0.0/8', '192.0.2.7', '2001:db8::/32', '::ffff:192.0.2.1', '10.1.2.3/8', 'vpc-0a1b2c3d'),
  fc.ipV4(),
  fc.ipV6(),
  fc.stringMatching(/^vpce?-[0-9a-f]{7,18}$/),
);
const values = fc.array(
  fc.oneof(fc.string(), fc.boolean(), fc.record({ prefix: fc.string() }), fc.constant({ exists: false })),
  { minLength: 1, maxLength: 2 },
);
const fields = fc.oneof(
  someOf({ eventName: values, readOnly: values, 'userIdentity.type': values, eventname: values }),
  someOf({
    userIdentity: someOf({ type: values, userName: values }),
    requestParameters: fc.dictionary(fc.string(), values),
  }),
  fc.record({ $or: fc.array(someOf({ eventName: values, sourceIPAddress: values }), { maxLength: 3 }) }),
);

const someSettings = fc.record(
  {
    watchedEvents: listOf(eventName),
    trustedAccounts: listOf(account),
    trustedOrganizations: listOf(fc.stringMatching(/^o-[a-z0-9]{9,33}$/)),
    trustedNetworks: listOf(network),
    trustedCallers: listOf(caller),
    severityOverrides: fc.dictionary(
      fc.constantFrom(...RULE_IDS, ...EVENT_NAMES),
      mostly(fc.constantFrom(...SEVERITIES)),
    ),
    suppressions: fc.array(
      fc.record(
        {
          rule: mostly(fc.constantFrom(...RULE_IDS, 'mine')),
          eventName: mostly(eventName),
          domain: mostly(fc.stringMatching(/^[a-z][a-z0-9-]{1,28}$/)),
          account: mostly(account),
          caller: mostly(caller),
          reason: mostly(fc.string({ minLength: 1 })),
          expires: mostly(fc.constantFrom('2099-12-31', '2026-11-24')),
        },
        { requiredKeys: ['reason', 'expires'] },
      ),
      { maxLength: 1 },
    ),
    watchPatterns: fc.array(
      fc.record({
        name: mostly(fc.constantFrom('mine', 'yours', 'a-1')),
        pattern: mostly(fields),
        severity: mostly(fc.constantFrom(...ALERT_SEVERITIES)),
      }),
      { maxLength: 1 },
    ),
  },
  { requiredKeys: [] },
);
