import { flagOf, isAbsent, listOf, memberOf, textOf, textsOf } from '../base/members';
import { EVENT_SOURCES } from '../base/event-source';
import { resourceNameIn } from '../base/resource-name';
import { technique } from './kit/attack';
import { evidenceIf } from './kit/reading';
import { defineRule, type Evidence, type Rule } from './kit/rule';
import type { Situation } from './kit/situation';
import { gives, isUnreadable, isWatched, requested, shownText, turnsOff } from './kit/watched';

/** Trails are watched whichever they are: what the monitor reads may come from any. Of the own trail's name it says so. */
const trailOf = ({ call }: Situation): string => {
  const [first] = call.resources ?? [];
  return first === undefined ? 'a trail' : `the trail ${resourceNameIn(first)}`;
};

/** Where the stack has a trail of its own, another one is a log of somebody else's. */
function isAnothersTrail(situation: Situation): boolean {
  const isKnown = situation.watched.some((name) => /^arn:[a-z0-9-]+:cloudtrail:/.test(name));
  const resources = situation.call.resources ?? [];
  // What the record does not name may be the own one.
  return isKnown && resources.length > 0 && !resources.some((each) => isWatched(situation, each));
}

const SHOW = 'aws cloudtrail get-trail --region {region} --name {resource}';
const DISABLED = [technique('T1685.002')];

export const trailRules: readonly Rule[] = [
  defineRule({
    id: 'trail-stopped',
    title: 'A trail was stopped or deleted',
    severities: {
      CRITICAL: 'always',
      MEDIUM: "the stack's own trail is known, and this is another one",
    },
    why: 'From now on nothing is recorded: whatever happens to the domains, this monitor and all who read the trail are blind.',
    remediation: {
      text: 'Start the trail again now; one that was deleted is created anew first, under its name and with all it had. Then find out what the caller did since, from the event history, which no trail is needed for.',
      command: 'aws cloudtrail start-logging --region {region} --name {resource}',
      commands: {
        DeleteTrail:
          'aws cloudtrail create-trail --region {region} --name {resource} --s3-bucket-name {BUCKET} --is-multi-region-trail --enable-log-file-validation',
      },
    },
    attack: DISABLED,
    calls: { 'cloudtrail.amazonaws.com': ['StopLogging', 'DeleteTrail'] },
    evidence: (situation) => {
      const did = situation.call.eventName === 'DeleteTrail' ? 'is deleted' : 'is stopped';
      const says = `${trailOf(situation)} ${did}`;
      return isAnothersTrail(situation)
        ? [{ severity: 'MEDIUM', says: `${says}; it is not the one this monitor reads` }]
        : [{ severity: 'CRITICAL', says }];
    },
  }),
  defineRule({
    id: 'trail-narrowed',
    title: 'A trail records less, or elsewhere',
    severities: {
      CRITICAL: 'the log files go to another bucket',
      HIGH: 'under another prefix, to another topic or under another key, of fewer regions, accounts or services; or what is set cannot be seen',
      MEDIUM:
        'log file validation is turned off, so that nobody can prove that log files are whole; or an attempt, whose record does not tell what it asked for; or a trail this monitor does not read',
    },
    why: 'Log files that go elsewhere, or are no longer written, are not read here: the monitor falls silent for a region, an account or all of them.',
    remediation: { text: 'Set the trail back to what it was, and find out what happened meanwhile.', command: SHOW },
    attack: DISABLED,
    calls: { 'cloudtrail.amazonaws.com': ['UpdateTrail'] },
    evidence: (situation) => ofTrail(situation, [...unseen(situation), ...narrowedIn(situation)]),
  }),
  defineRule({
    id: 'trail-events-dropped',
    title: 'A trail no longer records changes',
    severities: {
      CRITICAL: 'management events, those that write, or those of the service are left out',
      HIGH: 'management events are narrowed in another way; or what is set cannot be seen',
      MEDIUM:
        'those of AWS KMS are left out, so that nobody sees a key disabled; or an attempt, whose record does not tell what it asked for; or a trail this monitor does not read',
    },
    why: 'The trail goes on as if nothing were: its log files come, and what changes a domain is in none of them.',
    remediation: {
      text: 'Record all management events again, reads and writes.',
      command: 'aws cloudtrail get-event-selectors --region {region} --trail-name {resource}',
    },
    attack: DISABLED,
    calls: { 'cloudtrail.amazonaws.com': ['PutEventSelectors'] },
    evidence: (situation) => ofTrail(situation, [...unseen(situation), ...droppedIn(situation)]),
  }),
];

/** What is done to a trail that the monitor does not read makes it no blinder. */
const ofTrail = <Level extends 'CRITICAL' | 'HIGH' | 'MEDIUM'>(
  situation: Situation,
  evidence: readonly Evidence<Level>[],
): readonly Evidence<Level | 'MEDIUM'>[] =>
  isAnothersTrail(situation)
    ? evidence.map(({ says }) => ({ severity: 'MEDIUM', says: `${says}; it is not the one this monitor reads` }))
    : evidence;

/** What nobody can read: a denied call that shows nothing, or a change whose parameters were left out. */
function unseen(situation: Situation): readonly Evidence<'HIGH' | 'MEDIUM'>[] {
  if (!isUnreadable(situation)) return [];
  return situation.call.outcome === 'succeeded'
    ? [{ severity: 'HIGH', says: `${trailOf(situation)} is changed, and the record does not tell how` }]
    : [{ severity: 'MEDIUM', says: `${trailOf(situation)} would have been changed, and the record does not tell how` }];
}

function narrowedIn(situation: Situation): readonly Evidence<'CRITICAL' | 'HIGH' | 'MEDIUM'>[] {
  const trail = trailOf(situation);
  const bucket = requested(situation, 's3BucketName');
  const key = requested(situation, 'kmsKeyId');
  const prefix = requested(situation, 's3KeyPrefix');
  const topic = requested(situation, 'snsTopicName');
  return [
    ...evidenceIf(
      gives(situation, 's3BucketName') && !isWatched(situation, bucket),
      'CRITICAL',
      `the log files of ${trail} are now sent to the bucket ${shownText(bucket)}`,
    ),
    ...evidenceIf(
      gives(situation, 's3KeyPrefix') && !isWatched(situation, prefix),
      'HIGH',
      `the log files of ${trail} are now written under the prefix ${shownText(prefix)}`,
    ),
    ...evidenceIf(
      textOf(key) !== undefined && !isWatched(situation, key),
      'HIGH',
      `the log files of ${trail} are now encrypted with ${shownText(key)}, which the monitor may not be able to use`,
    ),
    ...evidenceIf(
      gives(situation, 'snsTopicName') && !isWatched(situation, topic),
      'HIGH',
      `${trail} is now set to tell the topic ${shownText(topic)} of its log files`,
    ),
    ...evidenceIf(
      turnsOff(situation, 'isMultiRegionTrail'),
      'HIGH',
      `recording of all regions but one is turned off in ${trail}`,
    ),
    ...evidenceIf(
      turnsOff(situation, 'isOrganizationTrail'),
      'HIGH',
      `recording of the organization's other accounts is turned off in ${trail}`,
    ),
    ...evidenceIf(
      turnsOff(situation, 'includeGlobalServiceEvents'),
      'HIGH',
      `recording of global services, IAM among them, is turned off in ${trail}`,
    ),
    ...evidenceIf(
      turnsOff(situation, 'enableLogFileValidation'),
      'MEDIUM',
      `log file validation is turned off in ${trail}`,
    ),
  ];
}

/** What one selector records of the management events. */
interface Recorded {
  readonly isWriting: boolean;
  /** Sources that are left out; `others` for any but those that are named. */
  readonly without: readonly string[];
  /** Limited in a way that this version does not judge. */
  readonly limits: readonly string[];
}

function droppedIn(situation: Situation): readonly Evidence<'CRITICAL' | 'HIGH' | 'MEDIUM'>[] {
  const classic = requested(situation, 'eventSelectors');
  const advanced = requested(situation, 'advancedEventSelectors');
  if (isAbsent(classic) && isAbsent(advanced)) return [];
  const recorded = [...listOf(classic).flatMap(classicRecorded), ...listOf(advanced).flatMap(advancedRecorded)];
  const trail = trailOf(situation);
  const [first, ...more] = recorded;
  if (first === undefined) return [{ severity: 'CRITICAL', says: `management events are left out of ${trail}` }];
  const writing = recorded.filter(({ isWriting }) => isWriting);
  if (writing.length === 0)
    return [{ severity: 'CRITICAL', says: `management events that write are left out of ${trail}` }];
  // Selectors add up: what one leaves out another may record.
  const whole = writing.filter(({ limits }) => limits.length === 0);
  const limited = whole.length > 0 ? [] : [...new Set(writing.flatMap(({ limits }) => limits))];
  const best = whole.length > 0 ? whole : writing;
  const isWithout = (source: string): boolean =>
    best.every(
      ({ without }) => without.includes(source) || (without.includes('others') && !without.includes(`not ${source}`)),
    );
  const lost = EVENT_SOURCES.filter((source) => source === EVENT_SOURCES[0] && isWithout(source));
  return [
    ...evidenceIf(lost.length > 0, 'CRITICAL', `management events of ${lost.join(', ')} are left out of ${trail}`),
    ...evidenceIf(
      limited.length > 0,
      'HIGH',
      `management events are limited in ${trail} by ${limited.join(', ')}${more.length > 0 ? ' in every selector' : ''}`,
    ),
    ...evidenceIf(
      lost.length === 0 && isWithout('kms.amazonaws.com'),
      'MEDIUM',
      `management events of kms.amazonaws.com are left out of ${trail}`,
    ),
  ];
}

/** Absent members have the API's defaults: all management events. */
function classicRecorded(selector: unknown): readonly Recorded[] {
  if (flagOf(memberOf(selector, 'includeManagementEvents')) === false) return [];
  return [
    {
      isWriting: !/^ReadOnly$/i.test(textOf(memberOf(selector, 'readWriteType')) ?? 'All'),
      without: textsOf(memberOf(selector, 'excludeManagementEventSources')),
      limits: [],
    },
  ];
}

function advancedRecorded(selector: unknown): readonly Recorded[] {
  const fields = listOf(memberOf(selector, 'fieldSelectors'));
  const named = (name: string): readonly unknown[] =>
    fields.filter((field) => textOf(memberOf(field, 'field'))?.toLowerCase() === name.toLowerCase());
  const valuesOf = (field: unknown, operator: string): readonly string[] => textsOf(memberOf(field, operator));
  if (!named('eventCategory').some((field) => valuesOf(field, 'equals').includes('Management'))) return [];
  const isReading = named('readOnly').some((field) =>
    listOf(memberOf(field, 'equals')).every((each) => flagOf(each) === true),
  );
  const sources = named('eventSource');
  const only = sources.flatMap((field) => valuesOf(field, 'equals'));
  const limits = fields.flatMap((field) => {
    const name = textOf(memberOf(field, 'field')) ?? '(unknown)';
    if (/^(eventCategory|readOnly)$/i.test(name)) return [];
    return /^eventSource$/i.test(name) && isPlain(field) ? [] : [name];
  });
  return [
    {
      isWriting: !isReading,
      without: [
        ...sources.flatMap((field) => valuesOf(field, 'notEquals')),
        ...(only.length > 0 ? ['others', ...only.map((source) => `not ${source}`)] : []),
      ],
      limits,
    },
  ];
}

/** A field that is compared with whole values alone. */
const isPlain = (field: unknown): boolean =>
  ['startsWith', 'endsWith', 'notStartsWith', 'notEndsWith'].every((operator) => isAbsent(memberOf(field, operator)));
