import * as fc from 'fast-check';
import { toReport } from '../../../core/report';
import { lookBack } from '../../../core/scan';
import { toCriteria } from '../../../core/settings';
import { OWN, policyOf, STRANGER, type JsonObject } from '../../support/records';

/*
 * The exposure clock against a simulation of a domain that is asked every minute who reaches it. The simulation knows what
 * the domain has; the clock sees the records alone, each with what was asked and, in the response, the whole domain.
 */

interface Domain {
  readonly policy: Policy;
  readonly fineGrainedAccess: boolean;
  readonly anonymousAccess: boolean;
  readonly nodes: number;
}

const POLICIES = {
  public: policyOf('*'),
  'any-account': policyOf({ AWS: 'arn:aws:iam::*:root' }),
  'anonymous-network': policyOf('*', { Condition: { IpAddress: { 'aws:SourceIp': '198.51.100.0/24' } } }),
  'cross-account': policyOf({ AWS: STRANGER }),
  'same-account': policyOf({ AWS: OWN }),
  none: '',
} as const;

type Policy = keyof typeof POLICIES;

type Step =
  | { readonly does: 'create'; readonly domain: Domain }
  | { readonly does: 'update'; readonly asked: Partial<Domain> }
  | { readonly does: 'delete' | 'fail' | 'rehearse' | 'tag' | 'lose' };

const policies = fc.constantFrom(...(Object.keys(POLICIES) as Policy[]));
const domains: fc.Arbitrary<Domain> = fc.record({
  policy: policies,
  fineGrainedAccess: fc.boolean(),
  anonymousAccess: fc.boolean(),
  nodes: fc.integer({ min: 1, max: 3 }),
});

const steps: fc.Arbitrary<Step> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ policy: policies }).map((asked): Step => ({ does: 'update', asked })) },
  {
    weight: 3,
    arbitrary: fc
      .record({ fineGrainedAccess: fc.boolean(), anonymousAccess: fc.boolean() }, { requiredKeys: [] })
      .map((asked): Step => ({ does: 'update', asked })),
  },
  {
    weight: 1,
    arbitrary: fc.record({ nodes: fc.integer({ min: 1, max: 3 }) }).map((asked): Step => ({ does: 'update', asked })),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom<Step>({ does: 'fail' }, { does: 'rehearse' }, { does: 'tag' }, { does: 'lose' }),
  },
  { weight: 1, arbitrary: domains.map((domain): Step => ({ does: 'create', domain })) },
  { weight: 1, arbitrary: fc.constant<Step>({ does: 'delete' }) },
);

interface Timed {
  readonly minute: number;
  readonly step: Step;
}

const HOURS = 4;

const sequences: fc.Arbitrary<readonly Timed[]> = fc
  .tuple(
    domains,
    fc.uniqueArray(fc.integer({ min: 1, max: HOURS * 60 - 1 }), { maxLength: 12 }),
    fc.array(steps, { minLength: 12, maxLength: 12 }),
  )
  .map(([domain, minutes, list]) => [
    { minute: 0, step: { does: 'create', domain } },
    ...minutes.toSorted((a, b) => a - b).map((minute, at) => ({ minute, step: list[at] ?? { does: 'tag' } })),
  ]);

/** The domain from minute to minute: `undefined` where there is none, `unknown` where no record tells what it has. */
function simulated(sequence: readonly Timed[]): readonly (Domain | 'unknown' | undefined)[] {
  let domain: Domain | 'unknown' | undefined;
  return Array.from({ length: HOURS * 60 }, (_, minute) => {
    for (const { step } of sequence.filter((timed) => timed.minute === minute)) domain = after(step, domain);
    return domain;
  });
}

function after(step: Step, domain: Domain | 'unknown' | undefined): Domain | 'unknown' | undefined {
  if (step.does === 'create') return step.domain;
  if (step.does === 'delete') return undefined;
  if (domain === undefined) return undefined;
  if (step.does === 'lose') return 'unknown';
  // An update's response shows the whole domain, whatever was known of it.
  if (step.does === 'update') return { ...(domain === 'unknown' ? HIDDEN : domain), ...step.asked };
  return domain;
}

/** What the domain is found to have by the first call after those that nobody recorded. */
const HIDDEN: Domain = { policy: 'same-account', fineGrainedAccess: false, anonymousAccess: false, nodes: 1 };

/** The records of a sequence; what is done to a domain that is not there leaves none. */
function recordsOf(sequence: readonly Timed[]): readonly JsonObject[] {
  let domain: Domain | 'unknown' | undefined;
  return sequence.flatMap(({ minute, step }) => {
    const before = domain;
    domain = after(step, domain);
    if (before === undefined && step.does !== 'create') return [];
    return [recordOf(minute, step, domain)];
  });
}

function recordOf(minute: number, step: Step, domain: Domain | 'unknown' | undefined): JsonObject {
  const asked = step.does === 'update' ? blocksOf(step.asked) : {};
  const all = domain === undefined || domain === 'unknown' ? {} : blocksOf(domain);
  const common = {
    eventSource: 'es.amazonaws.com',
    eventTime: `2026-11-20T${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}:00Z`,
    eventID: `event-${minute}`,
    awsRegion: 'eu-west-1',
    recipientAccountId: OWN,
    userIdentity: { type: 'IAMUser', userName: `user-${minute}`, accountId: OWN },
    requestParameters: { domainName: 'logs', ...asked },
  };
  const opened = { policy: 'public', fineGrainedAccess: false } as const;
  const config = Object.fromEntries(
    Object.entries({ ...all, vPCOptions: {} }).map(([name, options]) => [name, { options }]),
  );
  switch (step.does) {
    case 'create':
      return {
        ...common,
        eventName: 'CreateDomain',
        requestParameters: { domainName: 'logs', ...all },
        responseElements: { domainStatus: all },
      };
    case 'delete':
      return {
        ...common,
        eventName: 'DeleteDomain',
        responseElements: { domainStatus: { domainName: 'logs', deleted: true } },
      };
    case 'update':
      return { ...common, eventName: 'UpdateDomainConfig', responseElements: { domainConfig: config } };
    case 'lose':
      return { ...common, eventName: 'CancelDomainConfigChange', responseElements: { dryRun: false } };
    case 'tag':
      return {
        ...common,
        eventName: 'AddTags',
        requestParameters: { aRN: `arn:aws:es:eu-west-1:${OWN}:domain/logs`, tagList: [] },
      };
    case 'fail':
      return {
        ...common,
        eventName: 'UpdateDomainConfig',
        errorCode: 'ValidationException',
        requestParameters: { domainName: 'logs', ...blocksOf(opened) },
      };
    case 'rehearse':
      return {
        ...common,
        eventName: 'UpdateDomainConfig',
        requestParameters: { domainName: 'logs', dryRun: true, ...blocksOf(opened) },
        responseElements: { domainConfig: config },
      };
  }
}

function blocksOf({ policy, fineGrainedAccess, anonymousAccess, nodes }: Partial<Domain>): Record<string, unknown> {
  const security = {
    ...(fineGrainedAccess !== undefined && { enabled: fineGrainedAccess }),
    ...(anonymousAccess !== undefined && { anonymousAuthEnabled: anonymousAccess }),
  };
  return {
    ...(policy !== undefined && { accessPolicies: POLICIES[policy] }),
    ...(Object.keys(security).length > 0 && { advancedSecurityOptions: security }),
    ...(nodes !== undefined && { clusterConfig: { instanceCount: nodes } }),
  };
}

/** What the clock is to say of a minute. */
function expectedOf(domain: Domain | 'unknown' | undefined): string {
  if (domain === undefined) return 'no domain';
  if (domain === 'unknown') return 'unknown';
  const { policy, fineGrainedAccess, anonymousAccess } = domain;
  if (policy === 'same-account' || policy === 'none') return policy;
  return `${policy}${fineGrainedAccess && !anonymousAccess ? ' who sign in' : ''}`;
}

const minuteOf = (time: string): number => Number(time.slice(11, 13)) * 60 + Number(time.slice(14, 16));

/** The report of records that were found in several files, in any order. */
async function reportOf(files: readonly (readonly JsonObject[])[]) {
  const criteria = toCriteria();
  const back = lookBack(criteria);
  for (const [at, file] of files.entries()) back.add(file, `file-${at}`);
  return toReport(await back.judged(), { read: files.length, skipped: {}, unread: [] }, criteria.trust);
}

/** The records of a sequence in files, some of them in two. */
const deliveries = sequences.chain((sequence) => {
  const records = recordsOf(sequence);
  return fc
    .record({
      order: fc.shuffledSubarray([...records], { minLength: records.length }),
      again: fc.subarray([...records]),
      size: fc.integer({ min: 1, max: 5 }),
    })
    .map(({ order, again, size }) => {
      const all = [...order, ...again];
      const files = Array.from({ length: Math.ceil(all.length / size) }, (_, at) =>
        all.slice(at * size, (at + 1) * size),
      );
      return { sequence, files };
    });
});

test(
  'says of every minute what a simulation says, whatever order files come in',
  () =>
    fc.assert(
      fc.asyncProperty(deliveries, async ({ sequence, files }) => {
        const [domain] = (await reportOf(files)).domains;
        const exposures = domain?.exposures ?? [];
        const told = Array.from({ length: HOURS * 60 }, (_, minute) => {
          const now = exposures.filter(
            ({ from, to }) => minuteOf(from ?? '') <= minute && (to === null || minute < minuteOf(to)),
          );
          expect(now.length).toBeLessThanOrEqual(1);
          const [exposure] = now;
          if (exposure === undefined) return 'no domain';
          const isOpenToOthers = !['same-account', 'none', 'unknown'].includes(exposure.exposure);
          return `${exposure.exposure}${isOpenToOthers && exposure.signIn === 'required' ? ' who sign in' : ''}`;
        });
        expect(told).toEqual(simulated(sequence).map(expectedOf));
        for (const { from, to, minutes, openedBy, closedBy } of exposures) {
          expect(minutes).toBe(to === null ? null : minuteOf(to) - minuteOf(from ?? ''));
          expect(openedBy).toBe(`IAM user user-${minuteOf(from ?? '')}`);
          expect(closedBy).toBe(to === null ? null : `IAM user user-${minuteOf(to)}`);
        }
      }),
      { numRuns: 150 },
    ),
  120_000,
);
