import { judgeAccessPolicy, type Exposure, type PolicyContext } from '../../../core/access-policy';
import cases from '../../fixtures/access-policies.json';

/** One row of the table: a policy, what it amounts to, and why. A `null` in the context leaves the member out. */
interface Case {
  readonly topic: string;
  readonly name: string;
  readonly why: string;
  readonly context?: Readonly<Record<string, unknown>>;
  readonly expected: {
    readonly exposure: Exposure;
    /** How many parts cannot be judged. @default 0 */
    readonly unreadable?: number;
    /** What the policy amounts to if what cannot be judged allows all it may. @default - not looked at */
    readonly worst?: Exposure;
    /** Part of how statements were read that let nobody in. @default - not looked at */
    readonly readAs?: string;
    /** @default false */
    readonly empty?: boolean;
    /** Of the grants as bad as the exposure. @default - not looked at */
    readonly canRead?: boolean;
    readonly canWrite?: boolean;
    /** Part of the first grant's reason. @default - not looked at */
    readonly says?: string;
  };
  readonly policy: unknown;
}

const CONTEXT: PolicyContext = {
  accountId: '111122223333',
  domainArn: 'arn:aws:es:us-east-1:111122223333:domain/logs',
  trustedAccounts: ['444455556666'],
  trustedOrganizations: ['o-trusted1'],
  trustedNetworks: ['198.51.100.0/24', 'vpc-0trusted', 'vpce-0trusted'],
};

const table = cases as readonly Case[];

function contextOf({ context }: Case): PolicyContext {
  const members = Object.entries({ ...CONTEXT, ...context }).filter(([, value]) => value !== null);
  return Object.fromEntries(members) as unknown as PolicyContext;
}

const judge = (statement: object, context: PolicyContext = CONTEXT) =>
  judgeAccessPolicy(
    {
      Statement: [
        { Effect: 'Allow', Principal: '*', Action: 'es:*', Resource: `${CONTEXT.domainArn}/*`, ...statement },
      ],
    },
    context,
  );

describe.each([...new Set(table.map(({ topic }) => topic))])('%s', (topic) => {
  test.each(table.filter((row) => row.topic === topic))('$name: $expected.exposure, $why', (row) => {
    const { exposure, grants, unreadable, worstReading, readAs, empty } = judgeAccessPolicy(row.policy, contextOf(row));
    const worst = grants.filter((grant) => grant.exposure === exposure);
    const { expected } = row;
    expect({ exposure, unreadable: unreadable.length, empty }).toEqual({
      exposure: expected.exposure,
      unreadable: expected.unreadable ?? 0,
      empty: expected.empty ?? false,
    });
    expect(worst.length > 0).toBe(exposure !== 'none');
    if (expected.canRead !== undefined) expect(worst.some(({ canRead }) => canRead)).toBe(expected.canRead);
    if (expected.canWrite !== undefined) expect(worst.some(({ canWrite }) => canWrite)).toBe(expected.canWrite);
    if (expected.worst !== undefined) expect(worstReading).toBe(expected.worst);
    if (expected.readAs !== undefined) expect(readAs.join('; ')).toContain(expected.readAs);
    if (expected.says !== undefined) expect(worst[0]?.reason).toContain(expected.says);
  });
});

describe('a grant', () => {
  const grantOf = (statement: object, context?: PolicyContext) => judge(statement, context).grants[0];

  test('tells who, what and where, as written', () => {
    const grant = grantOf({ Sid: 'Open', Principal: { AWS: '*' }, Action: ['es:ESHttpGet', 'es:List*'] });
    expect(grant).toEqual({
      exposure: 'public',
      statement: 1,
      sid: 'Open',
      principals: ['*'],
      actions: ['es:ESHttpGet', 'es:List*'],
      canRead: true,
      canWrite: false,
      resources: [`${CONTEXT.domainArn}/*`],
      isWhole: true,
      reason: 'statement 1 allows es:ESHttpGet, es:List* to everyone and no condition limits it',
    });
  });

  test('says which condition limits it, and which networks', () => {
    const grant = grantOf({ Condition: { IpAddress: { 'aws:SourceIp': ['203.0.113.0/24', '192.0.2.1'] } } });
    expect(grant?.networks).toEqual(['203.0.113.0/24', '192.0.2.1']);
    expect(grant?.reason).toBe('statement 1 allows es:* to everyone where aws:SourceIp is 203.0.113.0/24, 192.0.2.1');
  });

  test('says which condition fails to limit it', () => {
    const grant = grantOf({ Condition: { StringEqualsIfExists: { 'aws:PrincipalOrgID': 'o-trusted1' } } });
    expect(grant?.networks).toBeUndefined();
    expect(grant?.reason).toBe(
      'statement 1 allows es:* to everyone and no condition limits who: ' +
        'aws:PrincipalOrgID is o-trusted1 (StringEqualsIfExists)',
    );
  });

  test('names what is left out in words', () => {
    const policy = '{"Statement":{"Effect":"Allow","Principal":"*","NotAction":"es:ESHttpDelete","NotResource":"x"}}';
    expect(judgeAccessPolicy(policy, CONTEXT).grants[0]).toMatchObject({
      actions: ['everything but es:ESHttpDelete'],
      resources: ['everything but x'],
    });
  });

  test('that a Deny guards for writes only is told apart: reads at large, writes from the office', () => {
    const guard = {
      Effect: 'Deny',
      Principal: '*',
      Action: ['es:ESHttpP*', 'es:ESHttpDelete'],
      Resource: '*',
      Condition: { NotIpAddress: { 'aws:SourceIp': '203.0.113.0/24' } },
    };
    const allow = { Effect: 'Allow', Principal: '*', Action: 'es:*', Resource: '*' };
    const { grants } = judgeAccessPolicy({ Statement: [allow, guard] }, CONTEXT);
    expect(grants).toMatchObject([
      { exposure: 'public', actions: ['es:ESHttpGet', 'es:ESHttpHead'], canWrite: false },
      { exposure: 'anonymous-network', canWrite: true, networks: ['203.0.113.0/24'] },
    ]);
    expect(grants[1]?.actions).toEqual(['es:ESHttpPost', 'es:ESHttpPut', 'es:ESHttpDelete', 'es:ESHttpPatch']);
    expect(grants[1]?.reason).toContain(', as far as statement 2 does not deny it');
  });

  test('of a search across clusters is told where it tells more than what is granted over HTTP', () => {
    const onAll = { Resource: '*' };
    const through = (statement: object) =>
      judge({ ...onAll, ...statement }).grants.map((grant) => [grant.exposure, grant.through, grant.canRead]);
    expect(through({ Action: 'es:*' })).toEqual([['public', undefined, true]]);
    expect(through({ Action: ['es:ESHttpDelete', 'es:ESCrossClusterGet'] })).toEqual([
      ['public', undefined, false],
      ['any-account', 'cross-cluster', true],
    ]);
  });

  test('comes worst first, and statements of one exposure in their order', () => {
    const allow = (principal: unknown) => ({ Effect: 'Allow', Principal: principal, Action: 'es:*', Resource: '*' });
    const list = [{ AWS: '111122223333' }, { AWS: '999988887777' }, '*', { AWS: 'arn:aws:iam::*:root' }, '*'].map(
      allow,
    );
    const { grants } = judgeAccessPolicy({ Statement: list }, CONTEXT);
    expect(grants.map(({ statement }) => statement)).toEqual([3, 5, 4, 2, 1]);
  });

  test('keeps its reason short, however long the policy', () => {
    const many = (text: string) => Array.from({ length: 500 }, (_, at) => `${text}${at}${'x'.repeat(90)}`);
    const grant = grantOf({
      Action: ['es:*', ...many('es:')],
      Condition: { StringEquals: Object.fromEntries(many('key').map((key) => [key, many('v').slice(0, 9)])) },
    });
    expect(grant?.exposure).toBe('public');
    expect(grant?.reason).toMatch(/ and 497 more$/);
    expect(grant?.reason.length).toBeLessThan(1500);
  });
});

describe('a policy made to be hard', () => {
  const nested = (depth: number): unknown => {
    let value: unknown = 'end';
    for (let at = 0; at < depth; at += 1) value = [value];
    return value;
  };

  test('nested deeper than a function can call itself, is judged', () => {
    for (const member of ['Principal', 'Action', 'Resource', 'Condition', 'Sid', 'Effect']) {
      const reasons = member === 'Sid' ? 0 : 1;
      expect(judge({ [member]: nested(200_000) }).unreadable).toHaveLength(reasons);
    }
    expect(judge({ Principal: { AWS: nested(200_000), Service: nested(200_000) } }).unreadable).toHaveLength(2);
    const text = `{"Statement":[],"Id":${'['.repeat(50_000)}${']'.repeat(50_000)}}`;
    expect(judgeAccessPolicy(text, CONTEXT)).toMatchObject({ exposure: 'none', unreadable: [] });
  });

  test('longer than the service takes, is judged, as far as a record can hold one', () => {
    const open = { Effect: 'Allow', Principal: '*', Action: 'es:*', Resource: '*' };
    const padded = JSON.stringify({ Statement: [open], Id: 'x'.repeat(102_400) });
    expect(judgeAccessPolicy(padded, CONTEXT)).toMatchObject({ exposure: 'public', unreadable: [] });
    const longest = padded.replace(/x+/, (xs) => 'x'.repeat(xs.length + 1_024_000 - padded.length));
    expect(judgeAccessPolicy(longest, CONTEXT)).toMatchObject({ exposure: 'public', unreadable: [] });
    expect(judgeAccessPolicy(`${longest} `, CONTEXT)).toMatchObject({
      exposure: 'none',
      unreadable: ['the policy has 1024001 characters'],
      worstReading: 'public',
    });
    expect(judgeAccessPolicy(' '.repeat(1_100_000), CONTEXT)).toMatchObject({ exposure: 'none', empty: true });
  });

  describe('so that comparing its patterns would take minutes', () => {
    const allow = {
      Effect: 'Allow',
      Principal: '*',
      Action: 'es:*',
      Resource: `${CONTEXT.domainArn}/${'a'.repeat(40_000)}`,
    };
    const denied = (pattern: string) =>
      Array.from({ length: 24 }, (_, at) => `${CONTEXT.domainArn}/*${pattern.repeat(990)}${at}*`);
    const deny = { Effect: 'Deny', Principal: '*', Action: 'es:*' };

    test.each([
      ['question marks', { ...deny, Resource: denied('?a') }],
      ['what a Deny leaves out', { ...deny, NotResource: denied('aa') }],
    ])('with %s, is judged as if the Deny took nothing away, and says so', (_, statement) => {
      expect(judgeAccessPolicy({ Statement: [allow, statement] }, CONTEXT)).toMatchObject({
        exposure: 'public',
        unreadable: ['the policy has too much to compare to tell all that its Deny statements take away'],
      });
    });

    test('with a thousand statements of each kind, is judged to the end: not each is compared with each', () => {
      const reads = Array.from({ length: 1000 }, (_, at) => ({
        ...allow,
        Resource: `${CONTEXT.domainArn}/index-${at}-*/_search`,
      }));
      const denials = Array.from({ length: 1000 }, (_, at) => ({
        ...deny,
        Resource: `${CONTEXT.domainArn}/index-${at}-*`,
      }));
      const judgement = judgeAccessPolicy({ Statement: [...reads, ...denials] }, CONTEXT);
      expect(judgement).toMatchObject({ exposure: 'none', unreadable: [] });
    });
  });

  test.each([
    [5000, ['statement 1 names no principal'], 'none'],
    [5001, ['the policy has 5001 statements'], 'public'],
  ] as const)('of %i statements, is judged one by one as far as a record can hold them', (count, unreadable, worst) => {
    const statement = { Effect: 'Deny', Action: 'es:*', Resource: '*' };
    const judgement = judgeAccessPolicy({ Statement: Array.from({ length: count }, () => statement) }, CONTEXT);
    expect(judgement.unreadable.slice(0, 1)).toEqual(unreadable);
    expect(judgement.worstReading).toBe(worst);
  });

  test('full of stars, is judged', () => {
    const stars = '*a'.repeat(25_000);
    const allow = { Effect: 'Allow', Principal: '*', Action: 'es:*', Resource: stars };
    const deny = { ...allow, Effect: 'Deny', Resource: `${stars}b` };
    expect(judgeAccessPolicy({ Statement: [allow, deny] }, CONTEXT).exposure).toBe('public');
  });
});
