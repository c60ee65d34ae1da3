import * as fc from 'fast-check';
import { ALERT_SEVERITIES, SEVERITIES } from '../../core/base/severity';
import { EVENT_NAMES } from '../../core/call';
import { RULE_IDS } from '../../core/rules';

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

const mostlyText = (value: fc.Arbitrary<string>): fc.Arbitrary<string> =>
  fc.oneof({ weight: 40, arbitrary: value }, { weight: 1, arbitrary: fc.string() });
const domainPattern = fc.oneof(
  fc.stringMatching(/^[a-z*][a-z0-9*?-]{1,28}$/),
  fc.stringMatching(/^arn:aws:es:(\*|eu-west-1):(\*|\d{12}):domain\/[a-z*?-]{1,9}$/),
);
const address = fc.oneof(
  fc.constantFrom(
    'a@example.com',
    'https://example.com/alerts',
    '+15550100',
    'arn:aws:sqs:eu-west-1:111122223333:mine',
  ),
  fc.emailAddress(),
  fc.stringMatching(/^\+[0-9]{7,15}$/),
  fc.stringMatching(/^arn:aws:lambda:eu-west-1:\d{12}:function:[a-z-]{1,9}$/),
);
const owned = {
  name: mostly(fc.constantFrom('mine', 'Łódź')),
  owner: mostly(fc.stringMatching(/^[A-Za-z0-9][\w.-]{0,5}$/)),
  subscribers: fc.array(mostly(address), { minLength: 1, maxLength: 2 }),
  minimumSeverity: mostly(fc.constantFrom(...ALERT_SEVERITIES)),
  tags: mostly(fc.dictionary(fc.string(), fc.string(), { maxKeys: 2 })),
};
const ofAccount = {
  ...owned,
  organization: mostly(fc.stringMatching(/^o-[a-z0-9]{10,32}$/)),
  organizationalUnit: mostly(fc.constantFrom('Production/Search', 'Root')),
};
const accounts = fc.dictionary(mostlyText(account), fc.record(ofAccount, { requiredKeys: ['owner'] }), { maxKeys: 2 });
const domains = fc.dictionary(mostlyText(domainPattern), fc.record(owned, { requiredKeys: ['owner'] }), { maxKeys: 2 });

export const someSettings = fc.record(
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
    accounts,
    domains,
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
