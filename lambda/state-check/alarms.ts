import { DescribeAlarmsCommand, ListAlarmMuteRulesCommand, type MetricDataQuery } from '@aws-sdk/client-cloudwatch';
import type { ExpectedOf, Members } from '../../core/state';
import { cloudWatch } from './clients';

export async function readAlarm({ name, must }: ExpectedOf<'alarm'>): Promise<Members['alarm'] | 'missing'> {
  const [{ MetricAlarms: [alarm] = [] }, { AlarmMuteRuleSummaries: mutes = [] }] = await Promise.all([
    cloudWatch.send(new DescribeAlarmsCommand({ AlarmNames: [name] })),
    cloudWatch.send(new ListAlarmMuteRulesCommand({ AlarmName: name, Statuses: ['ACTIVE', 'SCHEDULED'] })),
  ]);
  if (alarm === undefined) return 'missing';
  const members: Readonly<Record<string, unknown>> = { ...alarm, Metrics: alarm.Metrics?.map(withoutText) };
  return {
    actionsEnabled: alarm.ActionsEnabled !== false,
    isMuted: mutes.length > 0,
    definition: Object.fromEntries(Object.keys(must.definition).map((member) => [member, members[member]])),
  };
}

/** What an alarm on an expression computes; labels and periods of expressions decide nothing. */
function withoutText({ Id, Expression, MetricStat, ReturnData }: MetricDataQuery): object {
  return { Id, Expression, MetricStat, ReturnData: ReturnData ?? true };
}
