import { judgeText } from './hostile/judge-text';
import { MEMBERS } from './hostile/members';
import { NAMES } from './hostile/names';
import { POLICIES } from './hostile/policies';
import { asked, jsonOf, policyWith, type Tricks } from './hostile/record';
import { TEXTS } from './hostile/texts';
import { WATCHED_CALLS } from './hostile/watched-calls';

/** CloudTrail delivers no larger record. */
const BYTES = 250_000;

const TRICKS: Tricks = { ...TEXTS, ...MEMBERS, ...POLICIES, ...NAMES, ...WATCHED_CALLS };

/** Judged before each record, so that nothing is kept of the policy in it: a record is made to be judged once. */
const OTHERS = ['a', 'b', 'c', 'd', 'e'].map((Sid) => JSON.stringify(asked({ accessPolicies: policyWith({ Sid }) })));

/** What a trick costs each time, in milliseconds of CPU. */
export type TrickCosts = readonly (readonly [trick: string, costs: readonly number[]])[];

function costsOf(times: number): TrickCosts {
  return Object.entries(TRICKS).map(([trick, toRecord]) => {
    const json = jsonOf(toRecord(BYTES), BYTES);
    return [trick, Array.from({ length: times }, () => costOf(json))];
  });
}

function costOf(json: string): number {
  OTHERS.forEach(judgeText);
  const start = process.cpuUsage();
  judgeText(json);
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1000;
}

console.log(JSON.stringify(costsOf(Number(process.argv[2]))));
