import * as fc from 'fast-check';
import { judgeAccessPolicy, type Exposure, type PolicyVerdict } from '../../../core/access-policy';
import { compareExposure, worstExposure } from '../../../core/access-policy/exposure';
import { evaluatorOf } from '../../support/iam-evaluator';
import { attemptsOn, CONTEXT, type Attempt } from '../../support/iam-universe';
import { arbitraryStatement, type WrittenStatement } from './access-policies';
import { kindOfHarsher } from './harsher';

/*
 * The other way to the same verdict: every request of a small world, decided as IAM decides it. Whoever gets in there must
 * have been announced by the judgement as what they are, or worse. `POLICIES=50000 npx jest iam.properties` looks at more
 * policies, and tells how many are judged harsher than IAM would have it, and why.
 */

const ENDPOINTS = ['public', 'vpc', 'unknown'] as const;
const EACH = Math.ceil(Number(process.env['POLICIES'] ?? 2400) / ENDPOINTS.length);
const TELLS_KINDS = process.env['POLICIES'] !== undefined;

/** What makes a verdict harsher takes longer to find out than that it is. */
const MOST_EXPLAINED = 600;

const policies = fc
  .tuple(
    fc.array(arbitraryStatement('Allow'), { minLength: 1, maxLength: 3 }),
    fc.array(arbitraryStatement('Deny'), { maxLength: 3 }),
  )
  .map(([allows, denials]) => [...denials, ...allows]);

type List = readonly WrittenStatement[];

/** An attempt that is let in, and what must be announced of it. */
type LetIn = Pick<Attempt, 'name' | 'does'> & { readonly as: Exposure };

function letIn(list: List, attempts: readonly Attempt[]): readonly LetIn[] {
  const decide = evaluatorOf(list);
  const allows = list
    .filter((statement) => statement['Effect'] === 'Allow')
    .map((statement) => evaluatorOf([statement]));
  return attempts
    .filter(({ request }) => decide(request) === 'Allow')
    .map(({ name, does, request, announces, byStrangers }) => {
      const isLikeAnyone = allows.some(
        (allow) => allow(request) === 'Allow' && byStrangers.some((other) => allow(other) === 'Allow'),
      );
      return { name, does, as: isLikeAnyone ? 'same-account' : announces };
    });
}

const isAnnounced = ({ grants }: PolicyVerdict, { as, does }: LetIn): boolean =>
  grants.some((grant) => compareExposure(grant.exposure, as) <= 0 && grant[does]);

describe.each(ENDPOINTS)('with an endpoint that is %s', (endpoint) => {
  const attempts = attemptsOn(endpoint);
  const judge = (list: List): PolicyVerdict => judgeAccessPolicy({ Statement: list }, { ...CONTEXT, endpoint });
  const truth = (list: List): Exposure => worstExposure(letIn(list, attempts).map(({ as }) => as));
  const isHarsher = (list: List): boolean => compareExposure(judge(list).exposure, truth(list)) < 0;

  test('nobody gets in who was announced as something milder', () => {
    const harsher: List[] = [];
    fc.assert(
      fc.property(policies, (list) => {
        const [verdict, through] = [judge(list), letIn(list, attempts)];
        const untold = through.filter((attempt) => !isAnnounced(verdict, attempt));
        expect(untold.map(({ name }) => name)).toEqual([]);
        if (compareExposure(verdict.exposure, worstExposure(through.map(({ as }) => as))) < 0) harsher.push(list);
      }),
      { numRuns: EACH },
    );
    // What the judgement is there for would be lost if it called everything public.
    expect(harsher.length / EACH).toBeLessThan(0.3);
    if (TELLS_KINDS) report(endpoint, harsher, isHarsher);
  });

  test('requests are such that policies tell them apart: each gets in by some and not by others', () => {
    const sampled = fc.sample(policies, { numRuns: 400, seed: 7 }).map(evaluatorOf);
    const counts = attempts.map(({ request }) => sampled.filter((decide) => decide(request) === 'Allow').length);
    expect(Math.min(...counts)).toBeGreaterThan(5);
    expect(Math.max(...counts)).toBeLessThan(395);
  });
});

function report(endpoint: string, harsher: readonly List[], isHarsher: (list: List) => boolean): void {
  const explained = harsher.slice(0, MOST_EXPLAINED).map((list) => kindOfHarsher(list, isHarsher));
  const counts = [...new Set(explained)].map(
    (kind) => [explained.filter((other) => other === kind).length, kind] as const,
  );
  const share = (count: number, of: number): string => `${((100 * count) / of).toFixed(1)} %`;
  const lines = counts
    .toSorted(([a], [b]) => b - a)
    .map(([count, kind]) => `  ${share(count, explained.length).padStart(6)}  ${kind}`);
  process.stdout.write(
    `endpoint ${endpoint}: of ${EACH} policies none is judged milder and ${share(harsher.length, EACH)} harsher; ` +
      `of the first ${explained.length} of these\n${lines.join('\n')}\n`,
  );
}
