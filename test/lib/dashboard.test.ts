import type { Template } from 'aws-cdk-lib/assertions';
import { METRICS, STATE_METRICS } from '../../core/base/accounting';
import { ALERT_SENT } from '../../lambda/environment';
import { orderIn } from '../support/deployed';
import { onExistingBucket, templateWith } from './stack-in';

interface Widget {
  readonly type: string;
  readonly properties: {
    readonly title?: string;
    readonly query?: string;
    readonly alarms?: readonly string[];
    readonly metrics?: readonly (readonly unknown[])[];
  };
}

/** The widgets of the one dashboard of a template. */
function widgetsIn(template: Template): readonly Widget[] {
  const [dashboard] = Object.values(template.findResources('AWS::CloudWatch::Dashboard'));
  const body = dashboard?.['Properties'].DashboardBody['Fn::Join'][1] as readonly unknown[];
  const text = body.map((part) => (typeof part === 'string' ? part : 'NAME')).join('');
  return (JSON.parse(text) as { widgets: readonly Widget[] }).widgets;
}

const onBucket = templateWith(onExistingBucket());
const widgets = widgetsIn(onBucket);

test('shows every alarm of the stack', () => {
  const [status] = widgets.filter(({ type }) => type === 'alarm');
  expect(status?.properties.alarms).toHaveLength(Object.keys(onBucket.findResources('AWS::CloudWatch::Alarm')).length);
});

test('asks the log for what is told by severity, by account and domain, and how late', () => {
  const queries = widgets.flatMap(({ properties: { query } }) => (query === undefined ? [] : [query]));
  expect(queries).toHaveLength(3);
  for (const query of queries) expect(query).toContain(`filter message = "${ALERT_SENT}"`);
  expect(queries[0]).toContain('by severity');
  expect(queries[1]).toContain('by accountId, region, domainName, severity');
  expect(queries[2]).toMatch(/pct\(lagSeconds, 50\).*pct\(lagSeconds, 95\).*max\(lagSeconds\)/);
});

test('shows metrics that are counted, and needs none of its own', () => {
  const ours = widgets
    .flatMap(({ properties: { metrics } }) => metrics ?? [])
    .filter(([namespace]) => namespace === 'EsConfigMonitor')
    .map(([, name]) => String(name));
  expect(ours.length).toBeGreaterThan(10);
  const counted = Object.keys({ ...METRICS, ...STATE_METRICS });
  expect(ours.filter((name) => !counted.includes(name))).toEqual([]);
});

test('is left out where nobody wants it, and nothing else changes', () => {
  const without = templateWith(onExistingBucket({ dashboard: false }));
  without.resourceCountIs('AWS::CloudWatch::Dashboard', 0);
  const idsIn = (template: Template): readonly string[] => Object.keys(template.toJSON()['Resources'] as object);
  expect(idsIn(onBucket).filter((id) => !idsIn(without).includes(id))).toEqual([expect.stringMatching(/^Dashboard/)]);
  expect(orderIn(without)).toEqual(orderIn(onBucket));
});
