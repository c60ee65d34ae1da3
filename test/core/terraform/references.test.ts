import { judgeDeclared } from '../../../core/deployment';
import { toCriteria } from '../../../core/settings';
import { declaredInPlan } from '../../../core/terraform';

/* What only the apply tells, and what is known of it by what it refers to. */

interface Configuration {
  /** What the domain's expressions are. */
  readonly expressions?: object;
  /** The rest of the root module. */
  readonly root?: object;
  /** The rest of the configuration. */
  readonly configuration?: object;
  /** The rest of the plan. */
  readonly plan?: object;
  /** The module that the domain is in. */
  readonly module?: string;
}

const DOMAIN = { mode: 'managed', type: 'aws_opensearch_domain', name: 'logs' };

/** A plan that creates a domain. @param unknown what of it only the apply tells */
function planOf(
  unknown: object,
  { expressions, root = {}, configuration = {}, plan = {}, module }: Configuration,
): object {
  const resources =
    expressions === undefined ? [] : [{ ...DOMAIN, address: 'aws_opensearch_domain.logs', expressions }];
  return {
    format_version: '1.2',
    resource_changes: [
      {
        ...DOMAIN,
        address: `${module === undefined ? '' : `${module}.`}aws_opensearch_domain.logs`,
        ...(module !== undefined && { module_address: module }),
        change: {
          actions: ['create'],
          before: null,
          after: { domain_name: 'logs', encrypt_at_rest: [{ enabled: true }] },
          after_unknown: unknown,
        },
      },
    ],
    configuration: { root_module: { ...(module === undefined && { resources }), ...root }, ...configuration },
    ...plan,
  };
}

function foundIn(plan: object): readonly string[] {
  const judged = declaredInPlan(plan, {}).map((each) => judgeDeclared(each, toCriteria({}), '2026-11-30T00:00:00Z'));
  return judged.flatMap(({ findings }) =>
    findings.map(
      ({ rule, evidence, doubt }) => `${rule.id}: ${evidence.join('; ')}${doubt === undefined ? '' : ` (${doubt})`}`,
    ),
  );
}

const UNKNOWN_KEY = { encrypt_at_rest: [{ kms_key_id: true }] };

const keyOf = (...references: readonly string[]): object => ({
  encrypt_at_rest: [{ enabled: { constant_value: true }, kms_key_id: { references } }],
});

const foreignKeyIn = (configuration: Configuration): string | undefined =>
  foundIn(planOf(UNKNOWN_KEY, configuration)).find((each) => each.startsWith('foreign-kms-key'));

const KEY = ['aws_kms_key.this[0].arn', 'aws_kms_key.this[0]', 'aws_kms_key.this'];
const REPLICA = ['aws_kms_replica_key.this[0].arn', 'aws_kms_replica_key.this[0]', 'aws_kms_replica_key.this'];

const kms = (expression: object): object => ({
  module_calls: { kms: { source: './kms', module: { outputs: { key_arn: { expression } } } } },
});

/** A key of the plan, and the domain, each made by a configuration of a provider. */
const madeBy = (domain: string, key: string): Configuration => ({
  root: {
    resources: [
      { ...DOMAIN, provider_config_key: domain, expressions: keyOf(...KEY) },
      { mode: 'managed', type: 'aws_kms_key', name: 'this', provider_config_key: key },
    ],
  },
});

const OUTPUT = ['module.kms.key_arn', 'module.kms'];

describe('a key that only the apply tells is of the own account', () => {
  test.each<[string, Configuration]>([
    ['made here', { expressions: keyOf(...KEY) }],
    ['whichever of two is made here', { expressions: keyOf(...KEY, ...REPLICA) }],
    ['made in a module', { expressions: keyOf(...OUTPUT), root: kms({ references: [...KEY, ...REPLICA] }) }],
    [
      'made in one of several modules',
      {
        expressions: keyOf('module.kms["a"].key_arn', 'module.kms["a"]', 'module.kms'),
        root: kms({ references: KEY }),
      },
    ],
    ['made by the same provider', madeBy('aws.eu', 'aws.eu')],
    ['made by the provider that makes what the other one does not', madeBy('awscc', 'aws')],
    ['made by the only provider, as Terraform before 1.2 names it in a module', madeBy('search:aws', 'aws')],
    [
      'made in a module and given to another',
      {
        module: 'module.search',
        root: {
          module_calls: {
            kms: { module: { outputs: { key_arn: { expression: { references: KEY } } } } },
            search: {
              expressions: { key: { references: OUTPUT } },
              module: { resources: [{ ...DOMAIN, expressions: keyOf('var.key') }] },
            },
          },
        },
      },
    ],
  ])('%s', (_, configuration) => {
    expect(foreignKeyIn(configuration)).toBeUndefined();
  });
});

describe('a key that only the apply tells may be of another account', () => {
  const MAY_BE = expect.stringMatching(
    /^foreign-kms-key: it may be that data is encrypted with a key of another account \(if EncryptionAtRestOptions.KmsKeyId, from aws_opensearch_domain.logs.encrypt_at_rest.kms_key_id, known after the apply, is of another account\)$/,
  ) as unknown;

  test.each<[string, Configuration]>([
    ['that is not told where it is from', {}],
    ['of a variable', { expressions: keyOf('var.key') }],
    ['made here, or of a variable', { expressions: keyOf(...KEY, 'var.key') }],
    [
      'made here, or of a variable with a text by default',
      {
        expressions: keyOf(...KEY, 'var.key'),
        root: { variables: { key: { default: 'arn:aws:kms:eu-west-1:111122223333:key/x' } } },
      },
    ],
    [
      'made here, or as the plan was made',
      {
        expressions: keyOf(...KEY, 'var.key'),
        root: { variables: { key: { default: null } } },
        plan: { variables: { key: { value: 'arn:aws:kms:eu-west-1:111122223333:key/x' } } },
      },
    ],
    [
      'of a module that has no such output',
      { expressions: keyOf(...OUTPUT), root: { module_calls: { kms: { module: {} } } } },
    ],
    ['of a module that is given it', { expressions: keyOf(...OUTPUT), root: kms({ references: ['var.key'] }) }],
    [
      'of a module and a circle',
      {
        expressions: keyOf(...OUTPUT, 'var.key'),
        root: {
          module_calls: {
            kms: {
              expressions: { key: { references: OUTPUT } },
              module: { outputs: { key_arn: { expression: { references: ['var.key', 'var.key'] } } } },
            },
          },
        },
      },
    ],
    [
      'made by a module that may have another provider, as Terraform before 1.2 names it',
      { ...madeBy('search:aws', 'kms:aws'), configuration: { provider_config: { aws: {}, 'aws.security': {} } } },
    ],
    [
      'made by the provider of another account',
      {
        expressions: keyOf(...KEY),
        root: {
          resources: [
            { ...DOMAIN, provider_config_key: 'aws', expressions: keyOf(...KEY) },
            { mode: 'managed', type: 'aws_kms_key', name: 'this', provider_config_key: 'aws.security' },
          ],
        },
      },
    ],
    [
      'made in a module that has the provider of another account',
      {
        root: {
          resources: [{ ...DOMAIN, provider_config_key: 'aws', expressions: keyOf(...OUTPUT) }],
          module_calls: {
            kms: {
              module: {
                outputs: { key_arn: { expression: { references: KEY } } },
                resources: [
                  { mode: 'managed', type: 'aws_kms_key', name: 'this', provider_config_key: 'aws.security' },
                ],
              },
            },
          },
        },
      },
    ],
    [
      'made here, unless a variable says that it is not',
      {
        expressions: keyOf(...KEY, 'var.is_own', 'var.other'),
        root: { variables: { is_own: { default: true }, other: { default: null } } },
      },
    ],
    [
      'made here, unless the plan was made so that it is not',
      {
        expressions: keyOf(...KEY, 'var.is_own'),
        root: { variables: { is_own: {} } },
        plan: { variables: { is_own: { value: false } } },
      },
    ],
    [
      'with the number of another account in it',
      { expressions: keyOf('var.account', ...KEY), plan: { variables: { account: { value: 999_988_887_777 } } } },
    ],
    [
      'made by a resource that the plan does not hold, where that of the domain is known',
      { root: { resources: [{ ...DOMAIN, provider_config_key: 'aws', expressions: keyOf(...KEY) }] } },
    ],
    ['by names of every object', { expressions: keyOf('module.constructor.toString', 'var.constructor') }],
  ])('%s', (_, configuration) => {
    expect(foreignKeyIn(configuration)).toEqual(MAY_BE);
  });
});

test('a policy into which a role of the own account is put is not the role', () => {
  const found = foundIn(
    planOf(
      { access_policies: true },
      { expressions: { access_policies: { references: ['aws_iam_role.app.arn', 'aws_iam_role.app'] } } },
    ),
  );
  expect(found.filter((each) => each.startsWith('access-policy'))).toEqual([
    'access-policy-public: it may be that the access policy lets anyone in (if what is not known of the access policy (aws_opensearch_domain.logs.access_policies, known after the apply) lets in all it may)',
  ]);
});

test('nobody is shown the account that stands for a stranger', () => {
  const unknown = { encrypt_at_rest: [{ kms_key_id: true }], access_policies: true, advanced_security_options: true };
  expect(foundIn(planOf(unknown, {})).join('\n')).not.toContain('999999999999');
});

const READER = ['aws_iam_role.reader.arn', 'aws_iam_role.reader'];

/** A domain whose policy is in a data source, with principals that only the apply tells. */
function withDocument(
  identifiers: object,
  references: readonly string[],
  document: object = {},
  role: object = {},
): object {
  const plan = planOf({ access_policies: true }, {}) as { readonly resource_changes: readonly object[] };
  const data = { mode: 'data', type: 'aws_iam_policy_document', name: 'access' };
  const principals = [{ type: 'AWS', identifiers: { references } }];
  return {
    ...plan,
    resource_changes: [
      ...plan.resource_changes,
      {
        ...data,
        address: 'data.aws_iam_policy_document.access',
        change: {
          actions: ['read'],
          before: null,
          after: {
            statement: [{ actions: ['es:*'], resources: ['*'], principals: [{ type: 'AWS', ...identifiers }] }],
          },
          after_unknown: { json: true, statement: [{ principals: [{ identifiers: true }] }] },
        },
      },
    ],
    configuration: {
      root_module: {
        resources: [
          {
            ...DOMAIN,
            provider_config_key: 'aws',
            expressions: {
              access_policies: {
                references: ['data.aws_iam_policy_document.access.json', 'data.aws_iam_policy_document.access'],
              },
            },
          },
          { ...data, provider_config_key: 'aws', expressions: { statement: [{ principals }] }, ...document },
          { mode: 'managed', type: 'aws_iam_role', name: 'reader', provider_config_key: 'aws', ...role },
        ],
      },
    },
  };
}

describe('of the principals of a document that only the apply tells,', () => {
  const policiesIn = (plan: object): readonly string[] =>
    foundIn(plan).filter((each) => each.startsWith('access-policy'));

  test('one that is a role of the own account is known enough', () => {
    expect(policiesIn(withDocument({ identifiers: [null] }, READER))).toEqual([]);
  });

  test.each<[string, object]>([
    // `distinct(concat([aws_iam_role.reader.arn], ["*"]))`: no expression tells the text in it.
    ['a list of any length', withDocument({}, READER)],
    ['one beside a variable', withDocument({ identifiers: [null] }, [...READER, 'var.is_public'])],
    [
      'a role of another provider, by which the document is as well',
      withDocument(
        { identifiers: [null] },
        READER,
        { provider_config_key: 'aws.security' },
        { provider_config_key: 'aws.security' },
      ),
    ],
  ])('%s may be anyone', (_, plan) => {
    expect(policiesIn(plan)).toEqual([
      expect.stringContaining('access-policy-public: it may be that the access policy'),
    ]);
  });
});

describe('of several documents', () => {
  const instance = (at: number, principal: string): object => ({
    mode: 'data',
    type: 'aws_iam_policy_document',
    name: 'access',
    address: `data.aws_iam_policy_document.access[${at}]`,
    change: {
      actions: ['read'],
      before: null,
      after: { statement: [{ actions: ['es:*'], principals: [{ type: '*', identifiers: [principal] }] }] },
      after_unknown: { json: true },
    },
  });

  const found = (reference: string): readonly string[] => {
    const plan = planOf(
      { access_policies: true },
      { expressions: { access_policies: { references: [reference] } } },
    ) as { readonly resource_changes: readonly object[] };
    const documents = [instance(0, 'arn:aws:iam::000000000000:root'), instance(1, '*')];
    const changes = [...plan.resource_changes, ...documents];
    return foundIn({ ...plan, resource_changes: changes }).filter((each) => each.startsWith('access-policy-public'));
  };

  test('the one that is named is meant', () => {
    expect(found('data.aws_iam_policy_document.access[1].json')).toEqual([expect.stringContaining('anyone')]);
    expect(found('data.aws_iam_policy_document.access[1].json')[0]).not.toContain('it may be');
  });

  test('none is meant where an index is not known', () => {
    expect(found('data.aws_iam_policy_document.access')).toEqual([expect.stringContaining('it may be')]);
  });
});

test('policies of several domains, which an output of a module names, are judged alone', () => {
  const domain = (at: number): object => ({
    ...DOMAIN,
    address: `module.s.aws_opensearch_domain.logs[${at}]`,
    module_address: 'module.s',
    change: { actions: ['create'], before: null, after: {}, after_unknown: { domain_name: true } },
  });
  const policy = (name: string, principal: string): object => ({
    mode: 'managed',
    type: 'aws_opensearch_domain_policy',
    name,
    address: `aws_opensearch_domain_policy.${name}`,
    change: {
      actions: ['create'],
      before: null,
      after: {
        access_policies: JSON.stringify({
          Statement: { Effect: 'Allow', Principal: principal, Action: 'es:*', Resource: '*' },
        }),
      },
      after_unknown: { domain_name: true },
    },
  });
  const named = (name: string, output: string): object => ({
    mode: 'managed',
    type: 'aws_opensearch_domain_policy',
    name,
    expressions: { domain_name: { references: [`module.s.${output}`, 'module.s'] } },
  });
  const output = (at: number): object => ({
    expression: {
      references: [
        `aws_opensearch_domain.logs[${at}].domain_name`,
        `aws_opensearch_domain.logs[${at}]`,
        'aws_opensearch_domain.logs',
      ],
    },
  });
  const found = foundIn({
    format_version: '1.2',
    resource_changes: [domain(0), domain(1), policy('a', '*'), policy('b', 'arn:aws:iam::111122223333:root')],
    configuration: {
      root_module: {
        resources: [named('a', 'first'), named('b', 'second')],
        module_calls: { s: { module: { outputs: { first: output(0), second: output(1) } } } },
      },
    },
  });
  expect(found).toContainEqual(expect.stringMatching(/^access-policy-public: anyone/));
});

test('what leads to ever more is given up, and may be anything', () => {
  const levels = 40;
  let module: object = { outputs: { o: { expression: { references: KEY } } } };
  for (let level = 0; level < levels; level += 1) {
    const references = ['module.c["1"].o', 'module.c["2"].o'];
    module = { outputs: { o: { expression: { references } } }, module_calls: { c: { module } } };
  }
  const before = process.cpuUsage();
  const found = foreignKeyIn({ expressions: keyOf('module.kms.o'), root: { module_calls: { kms: { module } } } });
  // A few milliseconds; by following all of them, years.
  expect(process.cpuUsage(before).user).toBeLessThan(5_000_000);
  expect(found).toContain('it may be');
});

test('an account that only the apply tells may be the own one', () => {
  const plan = {
    format_version: '1.2',
    resource_changes: [
      {
        mode: 'managed',
        type: 'aws_opensearch_authorize_vpc_endpoint_access',
        name: 'peer',
        address: 'aws_opensearch_authorize_vpc_endpoint_access.peer',
        change: { actions: ['create'], before: null, after: { domain_name: 'logs' }, after_unknown: { account: true } },
      },
    ],
  };
  expect(foundIn(plan).join('\n')).not.toContain('999999999999');
});
