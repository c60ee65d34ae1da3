import { toAlert, type Alert } from '../../core/alert';
import { EVENT_SOURCE } from '../../core/base/event-source';
import { toCall } from '../../core/call';
import type { Rule } from '../../core/rules';
import type { AlertSeverity } from '../../core/base/severity';

const TEST_RULE: Rule = {
  id: 'test-alert',
  title: 'TEST: this is a test of the alert topics',
  severities: {},
  why: 'Somebody sent it to see that alerts of this severity reach those who are to be told.',
  remediation: { text: 'Nothing is to be done: no configuration call was made.' },
  attack: [],
  evidence: () => [],
};

/** An alert of the severity that says in every rendering that it is a test. */
export function testAlert(severity: AlertSeverity, { region, accountId, now }: TestAlertOrigin): Alert {
  const call = toCall({
    eventSource: EVENT_SOURCE,
    eventName: 'TestAlert',
    eventTime: now.toISOString().replace(/\.\d+Z$/, 'Z'),
    eventID: `test-${severity.toLowerCase()}-${now.getTime()}`,
    awsRegion: region,
    recipientAccountId: accountId,
    userIdentity: { type: 'TEST', arn: 'of the command send-test-alert' },
  });
  const alert =
    call &&
    toAlert(call, [
      {
        rule: TEST_RULE,
        severity,
        steps: [{ to: severity, because: 'the test asks for it' }],
        evidence: [{ severity, says: 'TEST, nothing happened: this is what an alert of this severity looks like' }],
      },
    ]);
  if (!alert) throw new Error(`no test alert can be made of severity ${severity}`);
  return alert;
}

export interface TestAlertOrigin {
  readonly region: string;
  readonly accountId: string;
  readonly now: Date;
}
