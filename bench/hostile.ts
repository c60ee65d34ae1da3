import { toPublishInput } from '../core/alert';
import { toCall } from '../core/call';
import { changeOf, configurationAfter, tellsConfiguration } from '../core/domain';
import { judge } from '../core/scan';
import { toCriteria } from '../core/settings';
import type { Figure } from './figure';
import { MEMBERS } from './hostile/members';
import { NAMES } from './hostile/names';
import { POLICIES } from './hostile/policies';
import { asked, jsonOf, policyWith, type Tricks } from './hostile/record';
import { TEXTS } from './hostile/texts';
import { WATCHED, WATCHED_CALLS } from './hostile/watched-calls';
import { median } from './measure';

/** CloudTrail delivers no larger record. */
const BYTES = 250_000;

/** What one record may cost, in milliseconds of CPU. */
const TARGET = { atMost: 50 };

const TRICKS: Tricks = { ...TEXTS, ...MEMBERS, ...POLICIES, ...NAMES, ...WATCHED_CALLS };

/** The CPU that a record costs from its text to its alert, with what held before it told where the function would. */
export function hostileFigures(quick: boolean): Figure[] {
  return Object.entries(TRICKS).map(([what, toRecord]) => {
    const json = jsonOf(toRecord(BYTES), BYTES);
    const cost = (): number => {
      OTHERS.forEach(judgeText);
      const start = process.cpuUsage();
      judgeText(json);
      const { user, system } = process.cpuUsage(start);
      return (user + system) / 1000;
    };
    const costs = Array.from({ length: quick ? 4 : 8 }, cost);
    return { what, value: median(costs.slice(1)), unit: 'ms', target: TARGET };
  });
}

/** From a record's JSON to its alert. Parsed anew each time: engines are quick with an object they have seen. */
export function judgeText(json: string): void {
  const record = JSON.parse(json) as unknown;
  const call = toCall(record);
  const change = call && HELD && tellsConfiguration(call) ? changeOf(call, HELD) : undefined;
  const { alert } = judge(record, CRITERIA, change);
  if (alert) toPublishInput(alert);
}

/** Judged before each record, so that nothing is kept of the policy in it: a record is made to be judged once. */
const OTHERS = ['a', 'b', 'c', 'd', 'e'].map((Sid) => JSON.stringify(asked({ accessPolicies: policyWith({ Sid }) })));

const CRITERIA = toCriteria({}, WATCHED);
const BEFORE = toCall(asked({ accessPolicies: policyWith({}) }));
const HELD = BEFORE && configurationAfter(BEFORE);
