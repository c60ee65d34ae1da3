import { declaredInPlan } from '../../../core/terraform';

/** A plan of domains whose policies are resources of their own, and refer to them. */
function planOf(count: number): object {
  const names = Array.from({ length: count }, (_, at) => `d${at}`);
  const change = (after: object, unknown: object = {}): object => ({
    actions: ['create'],
    before: null,
    after,
    after_unknown: unknown,
  });
  const resource = (type: string, name: string): object => ({
    mode: 'managed',
    type,
    name,
    address: `${type}.${name}`,
  });
  return {
    format_version: '1.2',
    resource_changes: names.flatMap((name) => [
      { ...resource('aws_opensearch_domain', name), change: change({}, { domain_name: true }) },
      {
        ...resource('aws_opensearch_domain_policy', name),
        change: change({ access_policies: `{"Id":"${name}"}` }, { domain_name: true }),
      },
    ]),
    configuration: {
      root_module: {
        resources: names.flatMap((name) => [
          { ...resource('aws_opensearch_domain', name), expressions: { domain_name: { references: ['var.x'] } } },
          {
            ...resource('aws_opensearch_domain_policy', name),
            expressions: {
              domain_name: {
                references: [`aws_opensearch_domain.${name}.domain_name`, `aws_opensearch_domain.${name}`],
              },
            },
          },
        ]),
      },
    },
  };
}

test('each of thousands of domains has the policy that refers to it, found without looking through all', () => {
  const before = process.cpuUsage();
  const declared = declaredInPlan(planOf(10_000), {});
  // Half a second; by looking at each with each, minutes.
  expect(process.cpuUsage(before).user).toBeLessThan(10_000_000);
  const policies = declared.map(({ after }) => after?.((_name, [{ value }]) => value)?.['AccessPolicies']);
  expect(policies).toEqual(Array.from({ length: 10_000 }, (_, at) => `{"Id":"d${at}"}`));
});
