import * as fc from 'fast-check';
import { ALERT_SEVERITIES, type AlertSeverity } from '../../core/base/severity';
import { DEFAULT_SERVICE, readEnvironment, toVariables } from '../../lambda/environment';

const text = fc.string({ minLength: 1 });
const topicArns = Object.fromEntries(ALERT_SEVERITIES.map((severity) => [severity, text])) as Record<
  AlertSeverity,
  fc.Arbitrary<string>
>;
const known = { topicArns: fc.record(topicArns), tableName: text, service: text };
const environment = fc.oneof(
  fc.record({ ...known, settingsFile: text }),
  fc.record({ ...known, settingsText: text }),
  fc.record({ ...known, settingsFile: text, settingsText: text }),
  fc.record({ ...known, settingsFile: text, queueUrl: text }),
  fc.record({ ...known, settingsFile: text, ownerTopics: text }),
  fc.record({ ...known, settingsFile: text, hasFastPath: fc.constant(true) }),
);

test('what is written is read again as it was', () => {
  fc.assert(
    fc.property(environment, (written) => {
      expect(readEnvironment(toVariables(written))).toEqual(written);
    }),
  );
});

test('without its variables is told with the names of all of them', () => {
  expect(() => readEnvironment({ LOW_TOPIC_ARN: 'arn', SETTINGS_FILE: '' })).toThrow(
    'environment variables are not set: MEDIUM_TOPIC_ARN, HIGH_TOPIC_ARN, CRITICAL_TOPIC_ARN, TABLE_NAME, SETTINGS_FILE',
  );
});

/* An update changes the code of a function and its variables one after the other. */
test('of the first version, with all settings in a variable and no service, is understood by this one', () => {
  const topics = Object.fromEntries(ALERT_SEVERITIES.map((severity) => [`${severity}_TOPIC_ARN`, 'arn']));
  const settingsText = '{"trustedAccounts":["111122223333"]}';
  expect(readEnvironment({ ...topics, TABLE_NAME: 'table', JUDGEMENT: settingsText })).toMatchObject({
    settingsText,
    service: DEFAULT_SERVICE,
  });
});
