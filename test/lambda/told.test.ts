import * as fc from 'fast-check';
import type { Alert } from '../../core/alert';
import { historyInMemory } from '../../core/scan';
import { toCriteria, type Settings } from '../../core/settings';
import { once, publisher } from '../../lambda/delivery';
import { checked } from '../support/alert-schema';
import { monitorWith } from '../support/monitoring';
import { sentAlertsInMemory } from '../support/sent-alerts';

/*
 * "Unchanged" may rest only on what people were told of, and the worst verdict of each call is told: for calls that arrive
 * in any order, more than once, with callers whose findings are hidden, and with messages that fail on the way.
 */

const ARN = 'arn:aws:es:eu-west-1:111122223333:domain/logs';
const policyFor = (principal: string): string =>
  JSON.stringify({
    Statement: [{ Effect: 'Allow', Principal: { AWS: principal }, Action: 'es:*', Resource: `${ARN}/*` }],
  });
const OPEN = policyFor('*');
const CLOSED = policyFor('111122223333');
const STRONG = 'Policy-Min-TLS-1-2-2019-07';
const WEAK = 'Policy-Min-TLS-1-0-2019-07';

const HIDDEN = 'arn:aws:iam::111122223333:user/hidden';
const SEEN = 'arn:aws:iam::111122223333:user/jane';
const HIDING: Settings = { suppressions: [{ caller: HIDDEN, reason: 'planned', expires: '2026-12-31' }] };

/** An update; what it asks for, and the whole state of the domain in its answer. */
interface Step {
  readonly policy?: string;
  readonly tls?: string;
  readonly password?: string;
  readonly caller?: string;
  /** The record never arrives. */
  readonly isMissing?: boolean;
  /** The call whose record this one corrects. */
  readonly addendumTo?: number;
  readonly eventName?: string;
  readonly eventTime?: string;
}

function recordsOf(steps: readonly Step[]): object[] {
  let state = { policy: CLOSED, tls: STRONG };
  return steps.map((step, at) => {
    const { policy, tls, password, caller = SEEN, addendumTo, eventName = 'UpdateDomainConfig', eventTime } = step;
    state = { policy: policy ?? state.policy, tls: tls ?? state.tls };
    return {
      eventSource: 'es.amazonaws.com',
      eventName,
      eventTime: eventTime ?? `2026-11-24T12:${String(at).padStart(2, '0')}:00Z`,
      eventID: `call-${at}`,
      ...(addendumTo !== undefined && {
        addendum: { reason: 'UPDATED_DATA', originalEventID: `call-${addendumTo}` },
      }),
      awsRegion: 'eu-west-1',
      recipientAccountId: '111122223333',
      userIdentity: { type: 'IAMUser', userName: 'jane', arn: caller },
      requestParameters: {
        domainName: 'logs',
        ...(policy !== undefined && { accessPolicies: policy }),
        ...(tls !== undefined && { domainEndpointOptions: { tLSSecurityPolicy: tls } }),
        ...(password !== undefined && {
          advancedSecurityOptions: { masterUserOptions: { masterUserName: 'admin', masterUserPassword: password } },
        }),
      },
      responseElements: {
        domainConfig: {
          accessPolicies: { options: state.policy },
          domainEndpointOptions: { options: { tLSSecurityPolicy: state.tls } },
          advancedSecurityOptions: { options: { enabled: false } },
          vPCOptions: { options: {} },
        },
      },
    };
  });
}

/**
 * The function with everything shared between its invocations kept in memory.
 * @param fileOf the log file of each call @default - each has its own
 */
function deployed(steps: readonly Step[], settings: Settings = HIDING, fileOf = (at: number): number => at) {
  const records = recordsOf(steps);
  const told: Alert[] = [];
  const sentAlerts = sentAlertsInMemory();
  const history = historyInMemory(sentAlerts.isTold);
  const criteria = toCriteria(settings);
  const keyOf = (at: number): string =>
    `AWSLogs/111122223333/CloudTrail/eu-west-1/2026/11/24/111122223333_CloudTrail_eu-west-1_20261124T1200Z_${at}.json.gz`;
  const deliver = async (at: number, isTopicDown = false, isEvent = false): Promise<void> => {
    if (steps[at]?.isMissing) return;
    const message = isEvent
      ? { 'detail-type': 'AWS API Call via CloudTrail', source: 'aws.es', detail: records[at] }
      : { s3Bucket: 'trail', s3ObjectKey: [keyOf(fileOf(at))] };
    const body = JSON.stringify(message);
    await monitorWith({ Records: [{ eventSource: 'aws:sqs', messageId: 'a', body }] }, criteria, {
      openObject: async ({ key }) => {
        const found = records.filter((_, each) => keyOf(fileOf(each)) === key);
        const bytes = Buffer.from(JSON.stringify({ Records: found }));
        return { size: bytes.length, read: async () => bytes };
      },
      publish: publisher(async (alert) => {
        if (isTopicDown) throw new Error('topic is down');
        told.push(checked(alert));
      }, once(sentAlerts)),
      historyOf: history.of,
      hasFastPath: true,
      report: () => undefined,
    });
  };
  /** The record of a call comes as an event that lost its parameters. */
  const cutShort = async (at: number, left: object | null = null): Promise<void> => {
    const whole = records[at];
    records[at] = { ...whole, requestParameters: left, responseElements: null };
    await deliver(at, false, true);
    records[at] = whole as object;
  };
  return { deliver, cutShort, told: () => told.map(({ uid, severity }) => `${uid} ${severity}`) };
}

async function toldInOrder(...steps: readonly Step[]): Promise<readonly string[]> {
  const { deliver, told } = deployed(steps);
  for (const at of steps.keys()) await deliver(at);
  return told();
}

describe('an opening that was opened before is told', () => {
  test('where the first opening was hidden and an unrelated change showed it', async () => {
    const hidden = { policy: OPEN, caller: HIDDEN };
    expect(await toldInOrder(hidden, { tls: WEAK }, { policy: OPEN })).toEqual(['call-1 HIGH', 'call-2 CRITICAL']);
  });

  test('where the record of the first opening never arrived', async () => {
    const missing = { policy: OPEN, isMissing: true };
    expect(await toldInOrder(missing, { tls: WEAK }, { policy: OPEN })).toEqual(['call-1 HIGH', 'call-2 CRITICAL']);
  });

  test('where somebody hidden closed and opened it again', async () => {
    const steps = [
      { policy: OPEN },
      { policy: CLOSED, caller: HIDDEN },
      { policy: OPEN, caller: HIDDEN },
      { policy: OPEN },
    ];
    expect(await toldInOrder(...steps)).toEqual(['call-0 CRITICAL', 'call-3 CRITICAL']);
  });

  test('where it was closed in a call whose password is part of the policy, so that the policy is not kept', async () => {
    const closing = { policy: CLOSED, password: '111122223333' };
    expect(await toldInOrder({ policy: OPEN }, closing, { policy: OPEN, caller: HIDDEN }, { policy: OPEN })).toEqual([
      'call-0 CRITICAL',
      'call-1 HIGH',
      'call-3 CRITICAL',
    ]);
  });

  test('where the alert about the first opening could not be sent yet', async () => {
    const { deliver, told } = deployed([{ policy: OPEN }, { policy: OPEN }]);
    await deliver(0, true);
    await deliver(1);
    expect(told()).toEqual(['call-1 CRITICAL']);
    await deliver(0);
    expect(told()).toEqual(['call-1 CRITICAL', 'call-0 CRITICAL']);
  });

  test('where the first opening could not be told yet, and was repeated in the same file', async () => {
    const { deliver, told } = deployed([{ policy: OPEN }, { policy: OPEN }, { policy: OPEN }], HIDING, (at) =>
      Math.max(at, 1),
    );
    await deliver(1, true);
    await deliver(2);
    expect(told()).toEqual(['call-2 CRITICAL']);
    await deliver(1);
    expect(told()).toEqual(['call-2 CRITICAL', 'call-0 CRITICAL']);
  });

  test('where a call between arrives late that closed it, though somebody hidden opened it again', async () => {
    const { deliver, told } = deployed([
      { policy: OPEN },
      { policy: CLOSED },
      { policy: OPEN, caller: HIDDEN },
      { policy: OPEN },
    ]);
    for (const at of [0, 2, 3]) await deliver(at);
    expect(told()).toEqual(['call-0 CRITICAL']);
    await deliver(1);
    expect(told()).toEqual(['call-0 CRITICAL', 'call-1 MEDIUM', 'call-3 CRITICAL']);
  });
});

describe('what a corrected record shows and the alert did not is told with the next call that sets it', () => {
  const original = { policy: OPEN };
  const corrected = { policy: OPEN, tls: WEAK, addendumTo: 0, eventTime: '2026-11-24T12:00:00Z' };
  const due = ['call-0 CRITICAL', 'call-2 HIGH'];

  test.each([
    ['at the same time', corrected],
    ['at another time', { ...corrected, eventTime: '2026-11-24T12:00:30Z' }],
  ])('%s', async (_, addendum) => {
    expect(await toldInOrder(original, addendum, { tls: WEAK })).toEqual(due);
  });

  test.each([
    ['all are in one file', () => 0],
    ['the correction is in a file with the next call', (at: number) => Math.max(at, 1)],
  ])('where %s', async (_, fileOf: (at: number) => number) => {
    const { deliver, told } = deployed([original, corrected, { tls: WEAK }], HIDING, fileOf);
    for (const at of [0, 1, 2]) await deliver(at);
    expect(told()).toEqual(due);
  });

  test('where nothing but a correction is worse, it is told, and what it shows is known', async () => {
    const worse = { ...corrected, policy: OPEN };
    expect(await toldInOrder({ tls: WEAK }, worse, { tls: WEAK }, { policy: OPEN })).toEqual([
      'call-0 HIGH',
      'call-0 CRITICAL',
    ]);
  });
});

describe('an opening that rests on what a late log file refutes is told', () => {
  test('where the late file holds it as well, and somebody hidden had opened it again between', async () => {
    const steps = [{ policy: OPEN }, { policy: CLOSED }, { policy: OPEN, caller: HIDDEN }, { policy: OPEN }];
    const { deliver, told } = deployed(steps, HIDING, (at) => (at === 3 ? 1 : at));
    for (const at of [0, 2, 1]) await deliver(at);
    expect(told()).toEqual(['call-0 CRITICAL', 'call-1 MEDIUM', 'call-3 CRITICAL']);
  });

  test('where a change of something else in it shows that it was closed, and another one that it was open again', async () => {
    const { deliver, told } = deployed([
      { policy: OPEN },
      { policy: CLOSED, isMissing: true },
      { tls: WEAK },
      { policy: OPEN, isMissing: true },
      { tls: STRONG },
      { policy: OPEN },
    ]);
    for (const at of [0, 4, 5, 2]) await deliver(at);
    expect(told()).toEqual(['call-0 CRITICAL', 'call-4 LOW', 'call-2 HIGH', 'call-5 CRITICAL']);
  });
});

describe('a record that comes as an event, before its log file or after it', () => {
  const steps = [{ policy: OPEN }, { policy: CLOSED }, { policy: OPEN }];

  test('is told once', async () => {
    const { deliver, told } = deployed(steps);
    for (const isEvent of [true, false, true]) await deliver(0, false, isEvent);
    expect(told()).toEqual(['call-0 CRITICAL']);
  });

  test('that was judged without an earlier call is judged again with its log file, and the worse is told', async () => {
    const { deliver, told } = deployed(steps);
    await deliver(0);
    await deliver(2, false, true);
    expect(told()).toEqual(['call-0 CRITICAL']);
    await deliver(1);
    await deliver(2);
    expect(told()).toEqual(['call-0 CRITICAL', 'call-1 MEDIUM', 'call-2 CRITICAL']);
  });

  test('has a later log file scanned again that was judged without it', async () => {
    const { deliver, told } = deployed(steps);
    await deliver(0);
    await deliver(2);
    await deliver(1, false, true);
    expect(told()).toEqual(['call-0 CRITICAL', 'call-1 MEDIUM', 'call-2 CRITICAL']);
  });

  test('leaves alone what its log file told of the domain, as it may have been cut short', async () => {
    const { deliver, told, cutShort } = deployed([{ policy: OPEN }, { policy: OPEN }]);
    await deliver(0);
    await cutShort(0, { domainName: 'logs', accessPolicies: OPEN });
    await deliver(1);
    expect(told()).toEqual(['call-0 CRITICAL']);
  });

  test('and was cut short is told as what it may hide, and then as what it was', async () => {
    const { deliver, told, cutShort } = deployed([{ policy: OPEN }]);
    await cutShort(0);
    await deliver(0);
    expect(told()).toEqual(['call-0 HIGH', 'call-0 CRITICAL']);
  });
});

describe('what people were told of is no news', () => {
  test('however often it is applied, and whatever else changes between', async () => {
    const again = { policy: OPEN };
    expect(await toldInOrder({ policy: OPEN }, again, { tls: WEAK }, again, { policy: OPEN, tls: WEAK })).toEqual([
      'call-0 CRITICAL',
      'call-2 HIGH',
    ]);
  });

  test('even where somebody hidden applied it as well', async () => {
    expect(await toldInOrder({ policy: OPEN }, { policy: OPEN, caller: HIDDEN }, { policy: OPEN })).toEqual([
      'call-0 CRITICAL',
    ]);
  });
});

describe('a password sent again', () => {
  const secret = { password: 'correct horse' };

  test('by the same caller within a day is one step lower, and never silent', async () => {
    expect(await toldInOrder(secret, secret, secret)).toEqual(['call-0 HIGH', 'call-1 MEDIUM', 'call-2 MEDIUM']);
  });

  test.each([
    ['by another caller', { ...secret, caller: 'arn:aws:iam::111122223333:user/joe' }],
    ['more than a day later', { ...secret, eventTime: '2026-11-25T12:00:01Z' }],
    ['with something that changes', { ...secret, tls: WEAK }],
  ])('%s is as severe as before', async (_, second) => {
    expect((await toldInOrder(secret, second)).at(-1)).toBe('call-1 HIGH');
  });

  test('after somebody else had set one is as severe as before', async () => {
    const other = { ...secret, caller: 'arn:aws:iam::111122223333:user/joe' };
    expect((await toldInOrder(secret, other, secret)).at(-1)).toBe('call-2 HIGH');
  });

  test('with an opening that nobody heard of is as severe as the opening', async () => {
    const opening = { policy: OPEN, caller: HIDDEN };
    expect(await toldInOrder(opening, secret, { ...secret, policy: OPEN })).toEqual(['call-1 HIGH', 'call-2 CRITICAL']);
  });

  test('with an opening that was told is one step lower', async () => {
    expect((await toldInOrder({ policy: OPEN }, secret, { ...secret, policy: OPEN })).at(-1)).toBe('call-2 HIGH');
  });

  test('after one that nobody heard of is as severe as before', async () => {
    const hiding: Settings = {
      suppressions: [{ rule: 'master-user-changed', domain: 'logs', reason: 'x', expires: '2026-11-24' }],
    };
    const { deliver, told } = deployed([secret, { ...secret, eventTime: '2026-11-25T11:00:00Z' }], hiding);
    for (const at of [0, 1]) await deliver(at);
    expect(told()).toEqual(['call-1 HIGH']);
  });
});

/** What people know of a leaf, having been told of every call that is not hidden. */
function newsIn(steps: readonly Step[]): readonly boolean[] {
  const known = new Map<string, string | undefined>();
  return steps.map(({ policy, tls, caller, isMissing }) => {
    const asked = Object.entries({ policy, tls }).filter(([, value]) => value !== undefined);
    const isNews = asked.some(([leaf, value]) => known.get(leaf) !== value);
    const isHeard = caller !== HIDDEN && !isMissing;
    for (const [leaf, value] of asked) {
      if (isHeard) known.set(leaf, value);
      else if (known.get(leaf) !== value) known.set(leaf, undefined);
    }
    return isHeard && isNews;
  });
}

const steps: fc.Arbitrary<readonly Step[]> = fc.array(
  fc
    .record(
      {
        policy: fc.constantFrom(OPEN, CLOSED),
        tls: fc.constantFrom(WEAK, STRONG),
        caller: fc.constantFrom(SEEN, SEEN, HIDDEN),
      },
      { requiredKeys: ['caller'] },
    )
    .filter(({ policy, tls }) => policy !== undefined || tls !== undefined),
  { minLength: 1, maxLength: 7 },
);

interface TriedDelivery {
  readonly at: number;
  readonly isDown: boolean;
  /** The record comes as an event, and not in its log file. */
  readonly isEvent: boolean;
}

/** Each call in its log file, and more of both kinds, in any order; some deliveries find the topic down. */
const deliveriesOf = (calls: number): fc.Arbitrary<readonly TriedDelivery[]> =>
  fc
    .tuple(
      fc.shuffledSubarray(
        Array.from({ length: calls }, (_, at) => at),
        { minLength: calls },
      ),
      fc.array(fc.record({ at: fc.nat(calls - 1), isDown: fc.boolean(), isEvent: fc.boolean() }), {
        maxLength: 2 * calls,
      }),
    )
    .chain(([order, more]) =>
      fc.shuffledSubarray([...order.map((at) => ({ at, isDown: false, isEvent: false })), ...more], {
        minLength: calls + more.length,
      }),
    );

test('in any order, as events or in log files, with repeats, hidden callers and failures, every call that is news is told, as severe as it is', () =>
  fc.assert(
    fc.asyncProperty(
      steps.chain((list) => deliveriesOf(list.length).map((deliveries) => ({ list, deliveries }))),
      async ({ list, deliveries }) => {
        const { deliver, told } = deployed(list);
        for (const { at, isDown, isEvent } of deliveries) await deliver(at, isDown, isEvent);
        // What failed is delivered again, as the queue does.
        for (const at of list.keys()) await deliver(at);
        const news = newsIn(list);
        const due = list.flatMap(({ policy, tls }, at) => {
          if (!news[at]) return [];
          return [
            `call-${at} ${policy === OPEN ? 'CRITICAL' : tls === WEAK ? 'HIGH' : policy === CLOSED ? 'MEDIUM' : 'LOW'}`,
          ];
        });
        expect(due.filter((alert) => !told().includes(alert))).toEqual([]);
        const hidden = list.flatMap(({ caller }, at) => (caller === HIDDEN ? [`call-${at} `] : []));
        expect(told().filter((alert) => hidden.some((uid) => alert.startsWith(uid)))).toEqual([]);
        expect(new Set(told()).size).toBe(told().length);
      },
    ),
    { numRuns: 150 },
  ));
