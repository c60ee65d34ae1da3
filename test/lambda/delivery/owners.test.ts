import * as fc from 'fast-check';
import type { Alert } from '../../../core/alert';
import type { AlertSeverity } from '../../../core/base/severity';
import { judge, type Judgement } from '../../../core/scan';
import { toCriteria, type Account } from '../../../core/settings';
import { together, NOTHING_DELIVERED, unpublishedOf } from '../../../lambda/delivery/delivered';
import { claimOf, once, type Claim } from '../../../lambda/delivery/once';
import { publishAll, publisher, type Send } from '../../../lambda/delivery/publish';
import { recordNamed } from '../../support/golden';
import { changed, OWN } from '../../support/records';
import { sentAlertsInMemory } from '../../support/sent-alerts';

/** A call of LOW severity, and one that is CRITICAL, as of an account that is `account`. */
const judged = (name: 'tags-added' | 'policy-opened-to-everyone', account: Account, eventID?: string): Judgement =>
  judge(
    changed(recordNamed(name), eventID === undefined ? {} : { eventID }),
    toCriteria({ accounts: { [OWN]: account } }),
  );

/** Topics that take what `refuses` does not, and what they took: the severity and the owner. */
function topics(refuses: (owner: string | undefined) => boolean = () => false) {
  const sent: (readonly [AlertSeverity, string | undefined, Alert['body']['unmapped']['correction']])[] = [];
  const send: Send = async (alert, to) => {
    if (refuses(to)) throw new Error(`no topic of ${to ?? 'everybody'}`);
    sent.push([alert.severity, to, alert.body.unmapped.correction]);
  };
  const publish = publisher(send, once(sentAlertsInMemory()));
  const tell = (judgements: readonly Judgement[], tellsOwners = true) =>
    publishAll(judgements, { publish, tellsOwners });
  return { sent, tell };
}

const SEARCH = { owner: 'search' };

const CLAIM = claimOf(judged('tags-added', SEARCH).alert?.uid ?? '', 'LOW');

test('an alert goes to everybody, and to its owner', async () => {
  const { sent, tell } = topics();
  expect(await tell([judged('tags-added', SEARCH), judged('policy-opened-to-everyone', {})])).toMatchObject({
    sent: 2,
    owners: { search: { due: 1, sent: 1, known: 0, failed: 0 } },
    ownersUntold: [],
  });
  expect(sent.map(([severity, to]) => [severity, to])).toEqual([
    ['LOW', undefined],
    ['CRITICAL', undefined],
    ['LOW', 'search'],
  ]);
});

test('an owner is not told of what is milder than it wants, nor where owners have no topics', async () => {
  const { sent, tell } = topics();
  const demanding = { ...SEARCH, minimumSeverity: 'HIGH' } as const;
  expect(await tell([judged('tags-added', demanding)])).toMatchObject({ sent: 1, owners: {} });
  expect(await tell([judged('policy-opened-to-everyone', demanding)], false)).toMatchObject({ sent: 1, owners: {} });
  expect(sent.map(([, to]) => to)).toEqual([undefined, undefined]);
});

test('what was told to an owner is known to it, and each of them is counted', async () => {
  const { tell } = topics();
  await tell([judged('tags-added', SEARCH)]);
  const again = await tell([judged('tags-added', SEARCH), judged('tags-added', SEARCH, 'another')]);
  expect(again).toMatchObject({
    sent: 1,
    alreadySent: 1,
    owners: { search: { due: 2, sent: 1, known: 1, failed: 0 } },
  });
});

describe('where one topic takes nothing', () => {
  test('the owner is told all the same, and everybody when the message comes again', async () => {
    let isGone = true;
    const { sent, tell } = topics((to) => to === undefined && isGone);
    expect(await tell([judged('tags-added', SEARCH)])).toMatchObject({
      sent: 0,
      unpublished: [new Error('no topic of everybody')],
      owners: { search: { sent: 1 } },
    });
    isGone = false;
    expect(await tell([judged('tags-added', SEARCH)])).toMatchObject({ sent: 1, owners: { search: { known: 1 } } });
    expect(sent.map(([, to]) => to)).toEqual(['search', undefined]);
  });

  test('everybody is told, the call counts as told, and the owner is when the message comes again', async () => {
    let isGone = true;
    const { sent, tell } = topics((to) => to === 'search' && isGone);
    const shop = { owner: 'shop' };
    expect(await tell([judged('tags-added', SEARCH), judged('policy-opened-to-everyone', shop)])).toMatchObject({
      sent: 2,
      unpublished: [],
      owners: { search: { due: 1, sent: 0, known: 0, failed: 1 }, shop: { due: 1, sent: 1, known: 0, failed: 0 } },
      ownersUntold: [new Error('no topic of search')],
    });
    isGone = false;
    await tell([judged('tags-added', SEARCH), judged('policy-opened-to-everyone', shop)]);
    expect(sent.map(([, to]) => to)).toEqual([undefined, undefined, 'shop', 'search']);
  });
});

test('an owner is told of a correction only where it was told before', async () => {
  const { sent, tell } = topics();
  const [LOW, CRITICAL] = ['tags-added', 'policy-opened-to-everyone'] as const;
  await tell([judged(LOW, { ...SEARCH, minimumSeverity: 'HIGH' }, 'one'), judged(LOW, SEARCH, 'two')]);
  await tell([judged(CRITICAL, { ...SEARCH, minimumSeverity: 'HIGH' }, 'one'), judged(CRITICAL, SEARCH, 'two')]);
  expect(sent.slice(3)).toEqual([
    ['CRITICAL', undefined, { told: 'LOW' }],
    ['CRITICAL', undefined, { told: 'LOW' }],
    ['CRITICAL', 'search', undefined],
    ['CRITICAL', 'search', { told: 'LOW' }],
  ]);
});

/*
 * Everything that can go wrong between two topics: one that refuses, an end of the process right after a publish, before it is
 * recorded. The message comes again until it is done.
 */
test('whatever fails, each topic is told, once but for what could not be recorded', async () => {
  const fate = fc.constantFrom('works', 'refuses', 'crashes');
  await fc.assert(
    fc.asyncProperty(fc.array(fate, { maxLength: 12 }), async (fates) => {
      const left = [...fates];
      const told: (string | undefined)[] = [];
      let unrecorded = 0;
      const shared = sentAlertsInMemory();
      for (let attempt = 0; attempt < 20; attempt += 1) {
        let isAlive = true;
        const sentAlerts = {
          ...shared,
          confirm: async (claim: Claim) => {
            if (!isAlive) throw new Error('the process has ended');
            await shared.confirm(claim);
          },
        };
        const send: Send = async (_, to) => {
          if (!isAlive) throw new Error('the process has ended');
          const next = left.shift() ?? 'works';
          if (next === 'refuses') throw new Error('no such topic');
          told.push(to);
          if (next === 'works') return;
          unrecorded += 1;
          isAlive = false;
        };
        const publish = publisher(
          send,
          once(sentAlerts, async () => undefined),
        );
        const result = await publishAll([judged('tags-added', SEARCH)], { publish, tellsOwners: true });
        if (isAlive && unpublishedOf({ ...NOTHING_DELIVERED, ...result }).length === 0) break;
        // The claim of an invocation that has ended runs out.
        for (const to of [undefined, 'search']) await shared.release({ ...CLAIM, ...(to !== undefined && { to }) });
      }
      expect(new Set(told)).toEqual(new Set([undefined, 'search']));
      expect(told.length).toBeLessThanOrEqual(2 + unrecorded);
    }),
    { numRuns: 300 },
  );
});

test('two parts of a log file add up by owner', () => {
  const part = (owners: typeof NOTHING_DELIVERED.owners, error?: unknown) => ({
    ...NOTHING_DELIVERED,
    owners,
    ownersUntold: error === undefined ? [] : [error],
  });
  const { owners, ownersUntold } = together(
    part({ search: { due: 3, sent: 1, known: 1, failed: 1 }, shop: { due: 1, sent: 1, known: 0, failed: 0 } }, 'why'),
    part({
      search: { due: 2, sent: 2, known: 0, failed: 0 },
      constructor: { due: 1, sent: 1, known: 0, failed: 0 },
    }),
  );
  expect(owners).toEqual({
    search: { due: 5, sent: 3, known: 1, failed: 1 },
    shop: { due: 1, sent: 1, known: 0, failed: 0 },
    constructor: { due: 1, sent: 1, known: 0, failed: 0 },
  });
  expect(ownersUntold).toEqual(['why']);
  // Whatever could not be told to whomever has the message come again.
  expect(unpublishedOf({ ...NOTHING_DELIVERED, ownersUntold, unpublished: ['not central'] })).toEqual([
    'not central',
    'why',
  ]);
});
