import { App, Stack } from 'aws-cdk-lib';
import { CfnDomain } from 'aws-cdk-lib/aws-opensearchservice';
import * as fc from 'fast-check';
import { toCall } from '../../../core/call';
import { judgeDeclared } from '../../../core/deployment';
import { evaluate } from '../../../core/findings';
import { toCriteria } from '../../../core/settings';
import { declaredInTemplate } from '../../../core/template';
import { declaredInPlan } from '../../../core/terraform';
import { NOW, shortOf } from '../../support/declarations';

const ACCOUNT = '111122223333';
const REGION = 'eu-west-1';
const ARN = `arn:aws:es:${REGION}:${ACCOUNT}:domain/logs`;
const PLACE = { accountId: ACCOUNT, region: REGION };

/** A domain as somebody thinks of it, before it is written down anywhere. */
interface Wanted {
  readonly subnets?: readonly string[] | undefined;
  readonly signIn?:
    | { readonly isOn: boolean; readonly isAnonymous: boolean; readonly isInternal: boolean; readonly master: string }
    | undefined;
  readonly atRest?: { readonly isOn: boolean; readonly key?: string | undefined } | undefined;
  readonly betweenNodes?: boolean | undefined;
  readonly endpoint?:
    { readonly isHttps: boolean; readonly tls?: string | undefined; readonly name?: string | undefined } | undefined;
  readonly addresses?: string | undefined;
  readonly auditLogs?: string | undefined;
  readonly policy?: string | undefined;
}

const maybe = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { nil: undefined });

const statement = fc.record({
  Effect: fc.constantFrom('Allow', 'Allow', 'Deny'),
  Principal: fc.constantFrom<unknown>(
    '*',
    { AWS: '*' },
    { AWS: ACCOUNT },
    { AWS: `arn:aws:iam::${ACCOUNT}:role/reader` },
    { AWS: ['444455556666', ACCOUNT] },
    { AWS: 'arn:aws:iam::*:root' },
    { Service: 'firehose.amazonaws.com' },
  ),
  Action: fc.constantFrom<unknown>('es:*', 'es:ESHttpGet', ['es:ESHttpPut', 'es:ESHttpPost'], 'es:DescribeDomain'),
  Resource: fc.constantFrom('*', `${ARN}/*`, `${ARN}/audit-*`, ARN),
  Condition: fc.constantFrom<unknown>(
    {},
    { IpAddress: { 'aws:SourceIp': '198.51.100.0/24' } },
    { IpAddress: { 'aws:SourceIp': ['0.0.0.0/0'] } },
    { StringEquals: { 'aws:PrincipalOrgID': 'o-1234567890' } },
    { StringEquals: { 'aws:SourceVpc': 'vpc-0a1b2c3d' } },
  ),
});

const wanted: fc.Arbitrary<Wanted> = fc.record({
  subnets: maybe(fc.constant(['subnet-0a1b2c3d'])),
  signIn: maybe(
    fc.record({
      isOn: fc.boolean(),
      isAnonymous: fc.boolean(),
      isInternal: fc.boolean(),
      master: fc.constantFrom(`arn:aws:iam::${ACCOUNT}:role/admin`, 'arn:aws:iam::444455556666:role/admin'),
    }),
  ),
  atRest: maybe(
    fc.record({
      isOn: fc.boolean(),
      key: maybe(fc.constantFrom(`arn:aws:kms:${REGION}:${ACCOUNT}:key/1`, `arn:aws:kms:${REGION}:444455556666:key/1`)),
    }),
  ),
  betweenNodes: maybe(fc.boolean()),
  endpoint: maybe(
    fc.record({
      isHttps: fc.boolean(),
      tls: maybe(
        fc.constantFrom('Policy-Min-TLS-1-0-2019-07', 'Policy-Min-TLS-1-2-2019-07', 'Policy-Min-TLS-1-2-PFS-2023-10'),
      ),
      name: maybe(fc.constant('search.example.com')),
    }),
  ),
  addresses: maybe(fc.constantFrom('ipv4', 'dualstack')),
  auditLogs: maybe(fc.constantFrom(ACCOUNT, '444455556666')),
  policy: maybe(
    fc
      .array(statement, { minLength: 1, maxLength: 3 })
      .map((statements) => JSON.stringify({ Version: '2012-10-17', Statement: statements })),
  ),
});

const logGroup = (account: string): string => `arn:aws:logs:${REGION}:${account}:log-group:audit:*`;

/** Only what is there, as somebody writes it who leaves out the rest. */
function written(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(written);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, member]) => member !== undefined)
      .map(([name, member]) => [name, written(member)]),
  );
}

const asProperties = ({ subnets, signIn, atRest, betweenNodes, endpoint, addresses, auditLogs, policy }: Wanted) =>
  written({
    DomainName: 'logs',
    VPCOptions: subnets && { SubnetIds: subnets },
    AdvancedSecurityOptions: signIn && {
      Enabled: signIn.isOn,
      AnonymousAuthEnabled: signIn.isAnonymous,
      InternalUserDatabaseEnabled: signIn.isInternal,
      MasterUserOptions: { MasterUserARN: signIn.master },
    },
    EncryptionAtRestOptions: atRest && { Enabled: atRest.isOn, KmsKeyId: atRest.key },
    NodeToNodeEncryptionOptions: betweenNodes === undefined ? undefined : { Enabled: betweenNodes },
    DomainEndpointOptions: endpoint && {
      EnforceHTTPS: endpoint.isHttps,
      TLSSecurityPolicy: endpoint.tls,
      ...(endpoint.name !== undefined && { CustomEndpointEnabled: true, CustomEndpoint: endpoint.name }),
    },
    IPAddressType: addresses,
    LogPublishingOptions: auditLogs && {
      AUDIT_LOGS: { Enabled: true, CloudWatchLogsLogGroupArn: logGroup(auditLogs) },
    },
    AccessPolicies: policy === undefined ? undefined : (JSON.parse(policy) as unknown),
  }) as Readonly<Record<string, unknown>>;

const asTemplate = (one: Wanted) => ({
  Resources: { Domain: { Type: 'AWS::OpenSearchService::Domain', Properties: asProperties(one) } },
});

/** As the provider plans it: all attributes, `null` for what is not written, blocks as lists. */
const asPlan = ({ subnets, signIn, atRest, betweenNodes, endpoint, addresses, auditLogs, policy }: Wanted) => ({
  format_version: '1.2',
  resource_changes: [
    {
      address: 'aws_opensearch_domain.this',
      mode: 'managed',
      type: 'aws_opensearch_domain',
      name: 'this',
      change: {
        actions: ['create'],
        before: null,
        after: {
          domain_name: 'logs',
          access_policies: policy ?? null,
          vpc_options: subnets ? [{ subnet_ids: subnets, security_group_ids: null }] : [],
          advanced_security_options: signIn
            ? [
                {
                  enabled: signIn.isOn,
                  anonymous_auth_enabled: signIn.isAnonymous,
                  internal_user_database_enabled: signIn.isInternal,
                  master_user_options: [
                    { master_user_arn: signIn.master, master_user_name: null, master_user_password: null },
                  ],
                },
              ]
            : [],
          encrypt_at_rest: atRest ? [{ enabled: atRest.isOn, kms_key_id: atRest.key ?? null }] : [],
          node_to_node_encryption: betweenNodes === undefined ? [] : [{ enabled: betweenNodes }],
          domain_endpoint_options: endpoint
            ? [
                {
                  enforce_https: endpoint.isHttps,
                  tls_security_policy: endpoint.tls ?? null,
                  custom_endpoint: endpoint.name ?? null,
                  custom_endpoint_enabled: endpoint.name !== undefined,
                },
              ]
            : [],
          ip_address_type: addresses ?? null,
          log_publishing_options: auditLogs
            ? [{ log_type: 'AUDIT_LOGS', enabled: true, cloudwatch_log_group_arn: logGroup(auditLogs) }]
            : [],
          tags: null,
        },
        after_unknown: { arn: true, id: true, endpoint: true, ...(policy === undefined && { access_policies: true }) },
      },
    },
  ],
  configuration: {
    root_module: {
      resources: [
        {
          mode: 'managed',
          type: 'aws_opensearch_domain',
          name: 'this',
          expressions: { domain_name: {}, ...(policy !== undefined && { access_policies: {} }) },
        },
      ],
    },
  },
});

/** As CloudTrail records the creation: the request, and the answer with what the service adds. */
function asRecord(one: Wanted): unknown {
  const camel = (value: unknown): unknown =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.fromEntries(
          Object.entries(value).map(([name, member]) => [
            name === 'AUDIT_LOGS' ? name : name.charAt(0).toLowerCase() + name.slice(1),
            name === 'AccessPolicies' ? JSON.stringify(member) : camel(member),
          ]),
        )
      : value;
  const request = camel(asProperties(one)) as Readonly<Record<string, Readonly<Record<string, unknown>> | undefined>>;
  const { masterUserOptions: _, ...security } = request['advancedSecurityOptions'] ?? {};
  return {
    eventSource: 'es.amazonaws.com',
    eventName: 'CreateDomain',
    eventTime: NOW,
    awsRegion: REGION,
    recipientAccountId: ACCOUNT,
    requestParameters: request,
    responseElements: {
      domainStatus: {
        ...request,
        aRN: ARN,
        ...(request['vPCOptions'] && { vPCOptions: { ...request['vPCOptions'], vPCId: 'vpc-0a1b2c3d' } }),
        advancedSecurityOptions: {
          enabled: false,
          internalUserDatabaseEnabled: false,
          anonymousAuthEnabled: false,
          ...security,
        },
        encryptionAtRestOptions: { enabled: false, ...request['encryptionAtRestOptions'] },
        nodeToNodeEncryptionOptions: { enabled: false, ...request['nodeToNodeEncryptionOptions'] },
        domainEndpointOptions: {
          enforceHTTPS: false,
          tLSSecurityPolicy: 'Policy-Min-TLS-1-0-2019-07',
          customEndpointEnabled: false,
          ...request['domainEndpointOptions'],
        },
        iPAddressType: request['iPAddressType'] ?? 'ipv4',
      },
    },
  };
}

function ofRecord(one: Wanted): readonly string[] {
  const call = toCall(asRecord(one));
  if (!call) throw new Error('no call');
  return evaluate(call, toCriteria())
    .filter(({ rule }) => rule.id !== 'configuration-call')
    .map(({ rule, severity }) => `${severity} ${rule.id}`);
}

const ofTemplate = (template: unknown): readonly string[] =>
  declaredInTemplate(template, PLACE).flatMap((each) => shortOf(judgeDeclared(each, toCriteria(), NOW)));

const ofPlan = (plan: unknown): readonly string[] =>
  declaredInPlan(plan, PLACE).flatMap((each) => shortOf(judgeDeclared(each, toCriteria(), NOW)));

/** As the CDK writes it. Its names for properties begin with a small letter, as CloudTrail's do. */
function asAssembled(one: Wanted): unknown {
  const app = new App();
  const stack = new Stack(app, 'Stack', { env: { account: ACCOUNT, region: REGION } });
  const small = (value: unknown, depth: number): unknown =>
    typeof value === 'object' && value !== null && !Array.isArray(value) && depth < 3
      ? Object.fromEntries(
          Object.entries(value).map(([name, member]) => [
            name === 'AUDIT_LOGS' ? name : (CDK_NAMES[name] ?? name.charAt(0).toLowerCase() + name.slice(1)),
            name === 'AccessPolicies' ? member : small(member, depth + 1),
          ]),
        )
      : value;
  new CfnDomain(stack, 'Domain', small(asProperties(one), 0) as object);
  return app.synth().getStackByName('Stack').template;
}

const CDK_NAMES: Readonly<Record<string, string>> = {
  VPCOptions: 'vpcOptions',
  IPAddressType: 'ipAddressType',
  EnforceHTTPS: 'enforceHttps',
  TLSSecurityPolicy: 'tlsSecurityPolicy',
  MasterUserARN: 'masterUserArn',
};

describe('the same domain has the same findings', () => {
  test('in a template, in a plan, and in the record of its creation', () => {
    fc.assert(
      fc.property(wanted, (one) => {
        const recorded = ofRecord(one);
        expect(ofTemplate(asTemplate(one))).toEqual(recorded);
        expect(ofPlan(asPlan(one))).toEqual(recorded);
      }),
      { numRuns: 300 },
    );
  });

  test('as the CDK writes it', () => {
    fc.assert(
      fc.property(wanted, (one) => {
        expect(ofTemplate(asAssembled(one))).toEqual(ofRecord(one));
      }),
      { numRuns: 15 },
    );
  });
});
