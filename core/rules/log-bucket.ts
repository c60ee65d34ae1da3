import { isObject, listOf, memberOf, numberOf, textOf } from '../base/members';
import { technique } from './kit/attack';
import { evidenceIf } from './kit/reading';
import { defineRule, type Rule } from './kit/rule';
import type { Situation } from './kit/situation';
import {
  allows,
  denies,
  isOfDeployment,
  isUnreadable,
  isWatched,
  onWatched,
  policyWithin,
  PUT_BACK,
  requested,
  textsWithin,
} from './kit/watched';

const DISABLED = [technique('T1685.002')];

/** Log files that expire sooner than this may be gone before somebody who was away has looked at them. */
const SOON_DAYS = 7;
const EARLY_DAYS = 90;

export const logBucketRules: readonly Rule[] = [
  defineRule({
    id: 'log-bucket-deleted',
    title: 'The bucket of the log files was deleted',
    severities: { CRITICAL: 'always' },
    why: 'CloudTrail has nowhere to write: nothing is read any more, and the log of the past is gone.',
    remediation: {
      text: 'Create the bucket again, with its policy and its notification, before somebody else takes the name.',
    },
    attack: [technique('T1685.002'), technique('T1485')],
    calls: { 's3.amazonaws.com': ['DeleteBucket'] },
    evidence: (situation) =>
      onWatched(situation, (name) => [{ severity: 'CRITICAL', says: `the bucket ${name} is deleted` }]),
  }),
  defineRule({
    id: 'log-notification-removed',
    title: 'The bucket no longer tells of log files',
    severities: { CRITICAL: 'none of what is notified is of this monitor', HIGH: 'what is set cannot be seen' },
    why: 'Log files come and nobody is told: the monitor reads nothing from now on.',
    remediation: {
      text: `${PUT_BACK} Then have the log files that came meanwhile read, as its section on missed log files says.`,
      command: 'aws s3api get-bucket-notification-configuration --region {region} --bucket {resource}',
    },
    attack: DISABLED,
    calls: { 's3.amazonaws.com': ['PutBucketNotification', 'PutBucketNotificationConfiguration'] },
    evidence: (situation) =>
      onWatched(situation, (name) => {
        if (isUnreadable(situation))
          return [
            {
              severity: 'HIGH',
              says: `the notifications of the bucket ${name} are set, and the record does not tell how`,
            },
          ];
        const configuration = requested(situation, 'NotificationConfiguration');
        const isTold = textsWithin(configuration).some((text) => isWatched(situation, text));
        return evidenceIf(
          !isTold,
          'CRITICAL',
          `the bucket ${name} is set to tell nobody of this monitor of its log files`,
        );
      }),
  }),
  defineRule({
    id: 'log-bucket-policy-changed',
    title: 'The policy of the log bucket was changed',
    severities: {
      HIGH: 'it is deleted, or lets CloudTrail no longer write, or denies something that it did not have to',
      MEDIUM: 'it still lets CloudTrail write, as far as the record shows',
    },
    why: 'Without the permission CloudTrail cannot write, and with a denial the monitor cannot read: both look like silence.',
    remediation: {
      text: 'Compare the policy with the one that the trail needs, and set that.',
      command: 'aws s3api get-bucket-policy --region {region} --bucket {resource} --output text',
      commands: {
        DeleteBucketPolicy: 'aws s3api put-bucket-policy --region {region} --bucket {resource} --policy {POLICY}',
      },
    },
    attack: DISABLED,
    calls: { 's3.amazonaws.com': ['PutBucketPolicy', 'DeleteBucketPolicy'] },
    evidence: (situation) =>
      onWatched(situation, (name) => {
        if (situation.call.eventName === 'DeleteBucketPolicy')
          return [{ severity: 'HIGH', says: `the policy of the bucket ${name} is deleted` }];
        const policy = policyWithin(requested(situation, 'bucketPolicy'));
        if (policy !== undefined && !allows(policy, ['cloudtrail.amazonaws.com', '*']))
          return [
            { severity: 'HIGH', says: `the policy of the bucket ${name} is set, and lets CloudTrail no longer write` },
          ];
        // Denials of plain HTTP are in every hardened policy.
        if (denies(policy) && !isOfDeployment(situation) && !deniesTransportAlone(policy))
          return [{ severity: 'HIGH', says: `a policy is set on the bucket ${name} that denies more than plain HTTP` }];
        return evidenceIf(!isOfDeployment(situation), 'MEDIUM', `the policy of the bucket ${name} is set`);
      }),
  }),
  defineRule({
    id: 'log-files-expire-early',
    title: 'Log files expire early',
    severities: { HIGH: `within ${SOON_DAYS} days`, MEDIUM: `within ${EARLY_DAYS} days` },
    why: 'What is deleted before it is read was never told; what is deleted soon after cannot be looked into.',
    remediation: {
      text: 'Set the lifecycle back to what it was.',
      command: 'aws s3api get-bucket-lifecycle-configuration --region {region} --bucket {resource}',
    },
    attack: [technique('T1685.002'), technique('T1485')],
    calls: { 's3.amazonaws.com': ['PutBucketLifecycle', 'PutBucketLifecycleConfiguration'] },
    evidence: (situation) =>
      onWatched(situation, (name) => {
        const days = expiryIn(requested(situation, 'LifecycleConfiguration'));
        const says = `objects of the bucket ${name} are deleted ${days === 0 ? 'on a fixed date' : `after ${days ?? 0} days`}`;
        if (days === undefined || days > EARLY_DAYS) return [];
        return [{ severity: days <= SOON_DAYS ? 'HIGH' : 'MEDIUM', says }];
      }),
  }),
  defineRule({
    id: 'log-bucket-weakened',
    title: 'The log bucket keeps or protects less',
    severities: {
      HIGH: 'log files are encrypted with a key that is not known to the monitor',
      MEDIUM: 'versions, encryption or the default retention are turned off',
    },
    why: 'Without versions and retention a log file can be replaced or removed; under a key it may not use, the monitor cannot read.',
    remediation: { text: 'Set the bucket back to what it was.' },
    attack: DISABLED,
    calls: {
      's3.amazonaws.com': [
        'PutBucketVersioning',
        'PutBucketEncryption',
        'DeleteBucketEncryption',
        'PutBucketObjectLockConfiguration',
        'PutObjectLockConfiguration',
      ],
    },
    evidence: (situation) =>
      onWatched(situation, (name) => [
        ...evidenceIf(
          /^Suspended$/i.test(textOf(requested(situation, 'VersioningConfiguration', 'Status')) ?? ''),
          'MEDIUM',
          `versions are turned off in the bucket ${name}`,
        ),
        ...evidenceIf(
          situation.call.eventName === 'DeleteBucketEncryption',
          'MEDIUM',
          `default encryption is turned off in the bucket ${name}`,
        ),
        ...evidenceIf(isRetentionOff(situation), 'MEDIUM', `default retention is turned off in the bucket ${name}`),
        ...foreignKeysIn(situation).flatMap((key) =>
          evidenceIf(
            true,
            'HIGH',
            `objects of the bucket ${name} are now encrypted with ${key}, which the monitor may not be able to use`,
          ),
        ),
      ]),
  }),
];

/** Every denial holds for requests without TLS alone. */
function deniesTransportAlone(policy: unknown): boolean {
  const denials = listOf(memberOf(policy, 'Statement')).filter((each) =>
    /^deny$/i.test(textOf(memberOf(each, 'Effect')) ?? ''),
  );
  return denials.every((denial) =>
    textsWithin(memberOf(denial, 'Condition')).some((text) => /^(aws:SecureTransport|s3:TlsVersion)$/i.test(text)),
  );
}

/** In days, of the enabled rule that expires first; 0 for a date. */
function expiryIn(configuration: unknown): number | undefined {
  const days = listOf(memberOf(configuration, 'Rule'))
    .filter((rule) => !/^Disabled$/i.test(textOf(memberOf(rule, 'Status')) ?? ''))
    .flatMap((rule) => {
      const expiration = memberOf(rule, 'Expiration');
      if (textOf(memberOf(expiration, 'Date')) !== undefined) return [0];
      return numberOf(memberOf(expiration, 'Days')) ?? [];
    });
  return days.length === 0 ? undefined : Math.min(...days);
}

/** An object lock configuration without a rule has no default retention. */
function isRetentionOff(situation: Situation): boolean {
  const isSet = /ObjectLockConfiguration$/.test(situation.call.eventName) && !isUnreadable(situation);
  return isSet && !isObject(memberOf(requested(situation, 'ObjectLockConfiguration'), 'Rule'));
}

function foreignKeysIn(situation: Situation): readonly string[] {
  const rules = listOf(requested(situation, 'ServerSideEncryptionConfiguration', 'Rule'));
  return rules.flatMap((rule) => {
    const key = textOf(memberOf(rule, 'ApplyServerSideEncryptionByDefault', 'KMSMasterKeyID'));
    return key === undefined || isWatched(situation, key) ? [] : [key];
  });
}
