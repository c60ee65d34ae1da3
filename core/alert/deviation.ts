import { createHash } from 'node:crypto';
import type { AlertSeverity } from '../base/severity';
import type { Call } from '../call';
import type { Deviation, DeviationKind } from '../digest';
import type { Rule } from '../rules';
import { toAlert, type Alert } from './alert';

/** How a deviation is told: as a rule is, though no call is judged. */
interface Told {
  readonly severity: AlertSeverity;
  readonly title: string;
  readonly says: (deviation: Deviation) => string;
  readonly why: string;
  readonly advice: string;
}

const IN_THE_LOGS =
  'The record of a call that somebody wants to hide may have been in it. CloudTrail never changes or deletes what it delivered.';

const LOOK_FOR_IT =
  "Find who wrote or deleted it, in the bucket's data events or its server access logs, and what was lost: `aws cloudtrail lookup-events` has 90 days of management events, and an earlier version may be in the bucket. If a lifecycle rule deleted it, it is too short.";

const TOLD: Readonly<Record<DeviationKind, Told>> = {
  'log-file-altered': {
    severity: 'CRITICAL',
    title: 'a log file of CloudTrail was altered',
    says: ({ object, digest }) => `log file ${object} has another content than digest ${digest} says`,
    why: IN_THE_LOGS,
    advice: `Treat the log bucket as compromised. ${LOOK_FOR_IT}`,
  },
  'digest-altered': {
    severity: 'CRITICAL',
    title: 'a digest of CloudTrail was altered',
    says: ({ object, digest }) => `digest ${object} has another content than the next one, ${digest}, says`,
    why: 'A digest says which log files were delivered. Whoever alters one can leave out a log file, and with it a call.',
    advice: `Treat the log bucket as compromised, and check what is there with the command verify. ${LOOK_FOR_IT}`,
  },
  'log-file-missing': {
    severity: 'HIGH',
    title: 'a log file of CloudTrail is gone',
    says: ({ object, digest }) => `log file ${object}, which digest ${digest} lists, is not there`,
    why: IN_THE_LOGS,
    advice: LOOK_FOR_IT,
  },
  'digest-missing': {
    severity: 'HIGH',
    title: 'a digest of CloudTrail is gone',
    says: ({ object, digest, unprovedBefore }) =>
      `digest ${object}, which the next one, ${digest}, names, is not there${unproved(unprovedBefore)}`,
    why: 'A digest says which log files were delivered. Without it nobody knows whether one of them is gone.',
    advice: LOOK_FOR_IT,
  },
  'chain-began-anew': {
    severity: 'LOW',
    title: "CloudTrail's digests began anew",
    says: ({ trail, digest, unprovedBefore }) =>
      `trail ${trail} was stopped, or its log file validation, and started again: digest ${digest} has none before it${unproved(unprovedBefore)}`,
    why: 'What happened while a trail does not log is in no log file, and while it does not validate, log files can be deleted unseen.',
    advice:
      'If nobody planned it, find who called StopLogging, UpdateTrail or DeleteTrail: `aws cloudtrail lookup-events` has 90 days, with or without a trail.',
  },
  'chain-elsewhere': {
    severity: 'LOW',
    title: "CloudTrail's digests tell of another place",
    says: ({ object, digest }) => `digest ${digest} names ${object}, which lies where nothing is read`,
    why: 'A trail that was moved to another bucket or prefix leaves log files behind that are not looked at here.',
    advice:
      'If nobody moved the trail, find who called UpdateTrail. Log files in the other place have not been judged.',
  },
};

const unproved = (before: string | undefined): string =>
  before === undefined
    ? ''
    : `; of log files delivered before ${before}, back to the last digest that is there, nothing is proved`;

/** The kinds of deviations, with the severity and the title that each is told with. */
export const DEVIATION_KINDS: readonly {
  readonly kind: DeviationKind;
  readonly severity: AlertSeverity;
  readonly title: string;
}[] = (Object.keys(TOLD) as DeviationKind[]).map((kind) => ({
  kind,
  severity: TOLD[kind].severity,
  title: TOLD[kind].title,
}));

/** The alert about a deviation, in every rendering. The same deviation always makes the same. */
export function toDeviationAlert(deviation: Deviation): Alert {
  const { kind, object } = deviation;
  const { severity, title, says, why, advice } = TOLD[kind];
  const rule: Rule = {
    id: kind,
    title,
    severities: {},
    why,
    remediation: { text: advice },
    attack: [{ id: 'T1685.002', name: 'Disable or Modify Tools: Disable or Modify Cloud Log' }],
    evidence: () => [],
  };
  const steps = [
    { to: severity, because: 'what a digest shows is the more severe the less it can be an accident' },
  ] as const;
  const alert = toAlert(
    callOf(deviation),
    [{ rule, severity, steps, evidence: [{ severity, says: says(deviation) }] }],
    {
      isObserved: true,
      logFile: object,
    },
  );
  if (!alert) throw new Error(`no alert can be made of ${kind}`);
  return alert;
}

/** Nobody called: the account and region are those of the log files, the time is that of the digest. */
function callOf({ kind, account, region, time, object }: Deviation): Call {
  return {
    eventSource: 'cloudtrail.amazonaws.com',
    eventName: 'DigestFile',
    access: 'change',
    outcome: 'succeeded',
    isRehearsal: false,
    isRefusedAsBusy: false,
    caller: {
      name: 'a digest',
      description: 'a digest of CloudTrail',
      type: 'Digest',
      isRoot: false,
      isTemporary: false,
      onConsole: false,
    },
    region,
    accountId: account,
    eventTime: time,
    uid: `digest-${createHash('sha256')
      .update(JSON.stringify([kind, object]))
      .digest('hex')
      .slice(0, 32)}`,
    request: undefined,
    response: undefined,
    record: undefined,
    parametersOmitted: false,
  };
}
