import * as fc from 'fast-check';
import { judgeDeclared } from '../../../core/deployment';
import { toCriteria } from '../../../core/settings';
import { declaredInTemplate } from '../../../core/template';
import { NOW } from '../../support/declarations';
import { evaluatorOf, type IamRequest } from '../../support/iam-evaluator';

const ACCOUNT = '111122223333';
const ARN = `arn:aws:es:eu-west-1:${ACCOUNT}:domain/logs`;

type Statement = Readonly<Record<string, unknown>>;

const statements = fc.array(
  fc
    .record({
      Effect: fc.constantFrom('Allow', 'Allow', 'Allow', 'Deny'),
      Principal: fc.constantFrom<unknown>(
        '*',
        { AWS: ACCOUNT },
        { AWS: ['444455556666'] },
        { AWS: 'arn:aws:iam::444455556666:role/reader' },
        { AWS: '*' },
      ),
      Action: fc.constantFrom<unknown>('es:*', 'es:ESHttpGet', ['es:ESHttpPut'], 'es:ESHttp*'),
      Resource: fc.constantFrom('*', `${ARN}/*`, `${ARN}/audit-*/_doc/?`),
      Condition: fc.constantFrom<object>(
        {},
        {},
        { IpAddress: { 'aws:SourceIp': ['198.51.100.0/24', '192.0.2.0/25'] } },
        { NotIpAddress: { 'aws:SourceIp': '203.0.113.0/24' } },
        { StringEquals: { 'aws:PrincipalAccount': '444455556666' } },
        { StringEquals: { 'aws:SourceVpc': 'vpc-0a1b2c3d' } },
        { Bool: { 'aws:SecureTransport': 'true' } },
      ),
    })
    .map(({ Condition, ...others }): Statement =>
      Object.keys(Condition).length === 0 ? others : { ...others, Condition },
    ),
  { minLength: 1, maxLength: 4 },
);

/** What the judgement says of a domain with these statements: each exposure with its witness. */
function witnessesOf(list: readonly Statement[], isInVpc: boolean) {
  const template = {
    Resources: {
      Domain: {
        Type: 'AWS::OpenSearchService::Domain',
        Properties: {
          DomainName: 'logs',
          AccessPolicies: { Version: '2012-10-17', Statement: list },
          ...(isInVpc && { VPCOptions: { SubnetIds: ['subnet-1'] } }),
        },
      },
    },
  };
  const [declared] = declaredInTemplate(template, { accountId: ACCOUNT, region: 'eu-west-1' });
  if (!declared) throw new Error('nothing is declared');
  return judgeDeclared(declared, toCriteria(), NOW)
    .findings.filter(({ rule }) => /^access-policy-(public|any-account|anonymous-network|cross-account)$/.test(rule.id))
    .map(({ rule, witness }) => ({ rule: rule.id, witness }));
}

const SENTENCE =
  /^an? (unsigned )?([A-Z]+)(?: signed by (\S+))? from (inside the VPC|\S+) to (\S+?)(?: with (.+))? is allowed by statement (\d+)$/;

/** The request that the sentence tells of, as IAM sees it. */
function requestOf(sentence: string): {
  readonly request: IamRequest;
  readonly statement: number;
  readonly isUnsigned: boolean;
} {
  const [, unsigned, method = '', signer, from = '', path = '', claims = '', statement] = SENTENCE.exec(sentence) ?? [];
  if (statement === undefined) throw new Error(`no witness: ${sentence}`);
  const account = signer?.split(':')[4];
  const said =
    claims === ''
      ? []
      : claims
          .split(' and ')
          .map((claim): [string, string[]] => [claim.split(' ')[0] ?? '', [claim.split(' ')[1] ?? '']]);
  return {
    statement: Number(statement),
    isUnsigned: unsigned !== undefined,
    request: {
      requester:
        signer === undefined || account === undefined
          ? { kind: 'anonymous' }
          : { kind: 'principal', account, arn: signer, uniqueId: 'AROAEXAMPLE' },
      action: `es:ESHttp${method.charAt(0)}${method.slice(1).toLowerCase()}`,
      resource: `${ARN}${path}`,
      context: {
        'aws:securetransport': ['true'],
        'aws:principalaccount': [account ?? 'anonymous'],
        ...(signer !== undefined && { 'aws:principalarn': [signer] }),
        ...(from !== 'inside the VPC' && { 'aws:sourceip': [from] }),
        ...Object.fromEntries(said),
      },
    },
  };
}

test('a request that is told gets in, by the statement that is told, and is of those the rule speaks of', () => {
  let told = 0;
  fc.assert(
    fc.property(statements, fc.boolean(), (list, isInVpc) => {
      for (const { rule, witness } of witnessesOf(list, isInVpc)) {
        if (witness === undefined) continue;
        told += 1;
        const { request, statement, isUnsigned } = requestOf(witness);
        expect(evaluatorOf(list)(request)).toBe('Allow');
        expect(evaluatorOf([list[statement - 1] ?? {}])(request)).toBe('Allow');
        if (rule === 'access-policy-cross-account') expect(isUnsigned).toBe(false);
        if (rule === 'access-policy-public') expect(isUnsigned).toBe(true);
      }
    }),
    { numRuns: 500 },
  );
  expect(told).toBeGreaterThan(200);
});

test('every exposure without conditions has a witness', () => {
  const allow = (principal: unknown) => [{ Effect: 'Allow', Principal: principal, Action: 'es:*', Resource: '*' }];
  expect(witnessesOf(allow('*'), false)).toEqual([
    {
      rule: 'access-policy-public',
      witness: 'an unsigned GET from 203.0.113.10 to /_search is allowed by statement 1',
    },
  ]);
  expect(witnessesOf(allow({ AWS: 'arn:aws:iam::*:root' }), false)).toEqual([
    {
      rule: 'access-policy-any-account',
      witness:
        'a GET signed by arn:aws:iam::999999999999:role/any from 203.0.113.10 to /_search is allowed by statement 1',
    },
  ]);
});
