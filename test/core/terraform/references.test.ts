import { judgeDeclared } from '../../../core/deployment';
import { toCriteria } from '../../../core/settings';
import { declaredInPlan } from '../../../core/terraform';

/* What only the apply tells, and what is known of it by what it refers to. */

interface Configuration {
  /** What the domain's expressions are. */
  readonly expressions?: object;
  /** The rest of the root module. */
  readonly root?: object;
  /** The rest of the plan. */
  readonly plan?: object;
  /** The module that the domain is in. */
  readonly module?: string;
}

const DOMAIN = { mode: 'managed', type: 'aws_opensearch_domain', name: 'logs' };

/** A plan that creates a domain. @param unknown what of it only the apply tells */
function planOf(unknown: object, { expressions, root = {}, plan = {}, module }: Configuration): object {
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
    configuration: { root_module: { ...(module === undefined && { resources }), ...root } },
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
    [
      'made here unless another is given, which is null by default',
      {
        expressions: keyOf(...KEY, 'var.is_own', 'var.other'),
        root: { variables: { is_own: { default: true }, other: { default: null } } },
      },
    ],
    [
      'the same, as the plan was made',
      {
        expressions: keyOf(...KEY, 'var.is_own'),
        root: { variables: { is_own: {} } },
        plan: { variables: { is_own: { value: false } } },
      },
    ],
    [
      'made by the same provider',
      {
        root: {
          resources: [
            { ...DOMAIN, provider_config_key: 'aws.eu', expressions: keyOf(...KEY) },
            { mode: 'managed', type: 'aws_kms_key', name: 'this', provider_config_key: 'aws.eu' },
          ],
        },
      },
    ],
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
