import { toPublishInput } from '../../core/alert';
import { toCall } from '../../core/call';
import { changeOf, configurationAfter, tellsConfiguration } from '../../core/domain';
import { judge } from '../../core/scan';
import { toCriteria } from '../../core/settings';
import { asked, policyWith } from './record';
import { WATCHED } from './watched-calls';

/**
 * From a record's JSON to its alert, with what held before it told where the function would. Parsed anew each time: engines are
 * quick with an object they have seen.
 */
export function judgeText(json: string): void {
  const record = JSON.parse(json) as unknown;
  const call = toCall(record);
  const change = call && HELD && tellsConfiguration(call) ? changeOf(call, HELD) : undefined;
  const { alert } = judge(record, CRITERIA, change);
  if (alert) toPublishInput(alert);
}

const CRITERIA = toCriteria({}, WATCHED);
const BEFORE = toCall(asked({ accessPolicies: policyWith({}) }));
const HELD = BEFORE && configurationAfter(BEFORE);
