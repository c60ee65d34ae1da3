import * as fc from 'fast-check';
import { judgeAccessPolicy, type Exposure, type PolicyVerdict } from '../../../core/access-policy';
import { compareExposure, worstExposure } from '../../../core/access-policy/exposure';
import { evaluate } from '../../support/iam-evaluator';
import { attemptsOn, CONTEXT, type Attempt } from '../../support/iam-universe';
import { arbitraryStatement, type WrittenStatement } from './access-policies';
import { kindOfHarsher } from './harsher';

/*
 * The other way to the same verdict: every request of a small world, decided as IAM decides it. Whoever gets in there must
 * have been announced by the judgement as what they are, or worse. `POLICIES=50000 npm test -- iam` looks at more.
 */

const POLICIES = Number(process.env['POLICIES'] ?? 1000);
/** Finding out what makes a verdict harsh takes longer than finding out that it is. */
const TELLS_KINDS = process.env['POLICIES'] !== undefined;

const policies = fc
  .tuple(
    fc.array(arbitraryStatement('Allow'), { minLength: 1, maxLength: 3 }),
    fc.array(arbitraryStatement('Deny'), { maxLength: 3 }),
  )
  .map(([allows, denials]) => [...denials, ...allows]);

const isAllowed = (list: readonly WrittenStatement[], request: Attempt['request']): boolean =>
  evaluate(list, request) === 'Allow';

/** What must be announced of an attempt that is let in. */
function announcedBy(list: readonly WrittenStatement[], { announces, byStranger }: Attempt): Exposure {
  return byStranger && isAllowed(list, byStranger) ? 'same-account' : announces;
}

function isAnnounced({ grants }: PolicyVerdict, exposure: Exposure, does: Attempt['does']): boolean {
  return grants.some((grant) => compareExposure(grant.exposure, exposure) <= 0 && grant[does]);
}

describe.each(['public', 'vpc', 'unknown'] as const)('with an endpoint that is %s', (endpoint) => {
  const attempts = attemptsOn(endpoint);
  const context = { ...CONTEXT, endpoint };

  test('nobody gets in who was announced as something milder', () => {
    const harsher = new Map<string, number>();
    let judged = 0;
    fc.assert(
      fc.property(policies, (list) => {
        const verdict = judgeAccessPolicy({ Statement: list }, context);
        const through = attempts.filter(({ request }) => isAllowed(list, request));
        const untold = through.filter((attempt) => !isAnnounced(verdict, announcedBy(list, attempt), attempt.does));
        expect(untold.map(({ name }) => name)).toEqual([]);
        judged += 1;
        const truth = worstExposure(through.map((attempt) => announcedBy(list, attempt)));
        if (compareExposure(verdict.exposure, truth) < 0) {
          const kind = TELLS_KINDS ? kindOfHarsher(list, isHarsher) : '';
          harsher.set(kind, (harsher.get(kind) ?? 0) + 1);
        }
      }),
      { numRuns: POLICIES },
    );
    report(endpoint, judged, harsher);
  });

  function isHarsher(list: readonly WrittenStatement[]): boolean {
    const { exposure } = judgeAccessPolicy({ Statement: list }, context);
    const through = attempts.filter(({ request }) => isAllowed(list, request));
    return compareExposure(exposure, worstExposure(through.map((attempt) => announcedBy(list, attempt)))) < 0;
  }

  test('requests are such that policies tell them apart: each gets in by some and not by others', () => {
    const sampled = fc.sample(policies, { numRuns: 600, seed: 7 });
    const counts = attempts.map(({ request }) => sampled.filter((list) => isAllowed(list, request)).length);
    expect(Math.min(...counts)).toBeGreaterThan(5);
    expect(Math.max(...counts)).toBeLessThan(595);
  });
});

/** A full run tells how many policies are judged harsher than by IAM, and why. */
function report(endpoint: string, judged: number, harsher: ReadonlyMap<string, number>): void {
  const total = [...harsher.values()].reduce((sum, count) => sum + count, 0);
  expect(total / judged).toBeLessThan(0.99);
  if (!TELLS_KINDS) return;
  const kinds = [...harsher].toSorted(([, a], [, b]) => b - a).slice(0, 25);
  const lines = kinds.map(([kind, count]) => `${String(count).padStart(6)}  ${kind}`);
  const share = ((100 * total) / judged).toFixed(1);
  process.stdout.write(
    `\nendpoint ${endpoint}: ${judged} policies, none judged milder, ${total} (${share} %) harsher\n${lines.join('\n')}\n`,
  );
}
