import * as fc from 'fast-check';
import { judgeAccessPolicy, type PolicyContext } from '../../../core/access-policy';
import { compareExposure } from '../../../core/access-policy/exposure';
import { arbitraryStatement, type WrittenStatement } from './access-policies';

const CONTEXT: PolicyContext = {
  accountId: '111122223333',
  domainArn: 'arn:aws:es:us-east-1:111122223333:domain/logs',
  trustedAccounts: ['444455556666'],
  trustedOrganizations: ['o-trusted1'],
  trustedNetworks: ['198.51.100.0/24', 'vpc-0trusted'],
};

const statements = fc.array(arbitraryStatement(), { maxLength: 5 });
const contexts = fc.constantFrom<PolicyContext>(
  CONTEXT,
  { accountId: CONTEXT.accountId },
  { accountId: CONTEXT.accountId, dataPlane: 'direct-query' },
);

const judge = (list: readonly unknown[], context = CONTEXT) => judgeAccessPolicy({ Statement: list }, context);

/** Negative where the first list of statements lets in more. */
const compare = (a: readonly unknown[], b: readonly unknown[], context: PolicyContext) =>
  compareExposure(judge(a, context).exposure, judge(b, context).exposure);

const verdict = (list: readonly unknown[], context: PolicyContext) => {
  const { exposure, grants, unreadable } = judge(list, context);
  const seen = grants.map(({ statement, exposure: of, canRead, canWrite }) => ({ statement, of, canRead, canWrite }));
  return { exposure, seen, unreadable: unreadable.length };
};

/** Every object in `value` with its members in the opposite order. */
function reversed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reversed);
  if (typeof value !== 'object' || value === null) return value;
  const members = Object.entries(value).map(([name, member]) => [name, reversed(member)] as const);
  return Object.fromEntries(members.toReversed());
}

const renamed = (value: object, rename: (name: string) => string, inner = (member: unknown): unknown => member) =>
  Object.fromEntries(Object.entries(value).map(([name, member]) => [rename(name), inner(member)]));

/** The statement with actions, condition operators and condition keys in another letter case. */
function respelled(statement: WrittenStatement, spell: (text: string) => string): unknown {
  const action = (value: unknown): unknown =>
    Array.isArray(value) ? value.map(action) : typeof value === 'string' ? spell(value) : value;
  const members = Object.entries(statement).map(([name, value]) => [
    name,
    name === 'Action' || name === 'NotAction'
      ? action(value)
      : name === 'Condition'
        ? renamed(value as object, spell, (keys) => renamed(keys as object, spell))
        : value,
  ]);
  return Object.fromEntries(members);
}

/** The statement with every single value as a list of one, or every list of one as a single value. */
function relisted(statement: WrittenStatement, relist: (value: unknown) => unknown): unknown {
  const members = Object.entries(statement).map(([name, value]) => {
    if (name === 'Condition') {
      return [name, renamed(value as object, String, (keys) => renamed(keys as object, String, relist))];
    }
    if (name === 'Principal') return [name, value === '*' ? value : renamed(value as object, String, relist)];
    return [name, /Action|Resource/.test(name) ? relist(value) : value];
  });
  return Object.fromEntries(members);
}

const asList = (value: unknown): unknown => (Array.isArray(value) ? value : [value]);
const asSingle = (value: unknown): unknown => (Array.isArray(value) && value.length === 1 ? value[0] : value);

describe('the judgement', () => {
  test('is total on any JSON, as a value and as a text', () => {
    fc.assert(
      fc.property(fc.jsonValue(), contexts, (value, context) => {
        expect(judgeAccessPolicy(value, context).unreadable.length).toBeGreaterThanOrEqual(0);
        expect(judgeAccessPolicy(JSON.stringify(value), context).empty).toBe(false);
      }),
    );
  });

  test('is total on any text', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const { exposure, empty, unreadable } = judgeAccessPolicy(text, CONTEXT);
        expect(exposure).toBe('none');
        expect(unreadable).toHaveLength(empty ? 0 : 1);
      }),
    );
  });

  test('is total on a statement with any JSON for a member', () => {
    const names = [
      'Effect',
      'Principal',
      'NotPrincipal',
      'Action',
      'NotAction',
      'Resource',
      'NotResource',
      'Condition',
      'Sid',
    ];
    const edits = fc.dictionary(fc.constantFrom(...names), fc.jsonValue(), { maxKeys: 3 });
    fc.assert(
      fc.property(arbitraryStatement(), edits, contexts, (statement, edit, context) => {
        const { grants, unreadable } = judge([{ ...statement, ...edit }], context);
        for (const text of [...unreadable, ...grants.map(({ reason }) => reason)])
          expect(text).toMatch(/^statement 1 /);
      }),
    );
  });

  test('is as bad as its worst grant', () => {
    fc.assert(
      fc.property(statements, contexts, (list, context) => {
        const { exposure, grants } = judge(list, context);
        expect(exposure).toBe(grants[0]?.exposure ?? 'none');
        expect(grants.map((grant) => grant.exposure)).not.toContain('none');
      }),
    );
  });
});

describe('one statement more', () => {
  const place = (list: readonly unknown[], at: number, statement: unknown) => list.toSpliced(at, 0, statement);

  test('never lets in more if it denies', () => {
    fc.assert(
      fc.property(statements, arbitraryStatement('Deny'), fc.nat(5), contexts, (list, deny, at, context) => {
        expect(compare(place(list, at, deny), list, context)).toBeGreaterThanOrEqual(0);
      }),
      { numRuns: 1000 },
    );
  });

  test('never lets in less if it allows', () => {
    fc.assert(
      fc.property(statements, arbitraryStatement('Allow'), fc.nat(5), contexts, (list, allow, at, context) => {
        expect(compare(place(list, at, allow), list, context)).toBeLessThanOrEqual(0);
      }),
      { numRuns: 1000 },
    );
  });

  test('lets in nobody if everything is denied', () => {
    fc.assert(
      fc.property(statements, contexts, (list, context) => {
        const deny = { Effect: 'Deny', Principal: '*', Action: '*', Resource: '*' };
        expect(judge([...list, deny], context)).toMatchObject({ exposure: 'none', grants: [] });
      }),
    );
  });
});

describe('a wider address range', () => {
  const blocks = fc.array(fc.tuple(fc.ipV4(), fc.integer({ min: 1, max: 32 })), { minLength: 1, maxLength: 4 });
  const limited = (cidrs: readonly (readonly [string, number])[], operator: string, effect: string) => ({
    Effect: effect,
    Principal: '*',
    Action: 'es:*',
    Resource: '*',
    Condition: { [operator]: { 'aws:SourceIp': cidrs.map((cidr) => cidr.join('/')) } },
  });
  const widened = (cidrs: readonly (readonly [string, number])[]) =>
    cidrs.map(([address, prefix], at) => [address, at === 0 ? prefix - 1 : prefix] as const);

  test('never lets in less if it is allowed', () => {
    fc.assert(
      fc.property(statements, blocks, (list, cidrs) => {
        const [narrow, wide] = [cidrs, widened(cidrs)].map((of) => [...list, limited(of, 'IpAddress', 'Allow')]);
        expect(compare(wide ?? [], narrow ?? [], CONTEXT)).toBeLessThanOrEqual(0);
      }),
    );
  });

  test('never lets in less if it is spared by a Deny', () => {
    fc.assert(
      fc.property(statements, blocks, (list, cidrs) => {
        const [narrow, wide] = [cidrs, widened(cidrs)].map((of) => [...list, limited(of, 'NotIpAddress', 'Deny')]);
        expect(compare(wide ?? [], narrow ?? [], CONTEXT)).toBeLessThanOrEqual(0);
      }),
    );
  });

  test('is as good as its two halves', () => {
    fc.assert(
      fc.property(fc.tuple(fc.ipV4(), fc.integer({ min: 1, max: 31 })), ([address, prefix]) => {
        const bits = address.split('.').reduce((sum, octet) => sum * 256 + Number(octet), 0);
        const other = (bits ^ (1 << (31 - prefix))) >>> 0;
        const sibling = [24, 16, 8, 0].map((shift) => (other >>> shift) & 255).join('.');
        const halves = [[address, prefix + 1] as const, [sibling, prefix + 1] as const];
        const whole = judge([limited([[address, prefix]], 'IpAddress', 'Allow')]).exposure;
        expect(judge([limited(halves, 'IpAddress', 'Allow')]).exposure).toBe(whole);
        expect(judge(halves.map((half) => limited([half], 'IpAddress', 'Allow'))).exposure).toBe(whole);
      }),
    );
  });
});

describe('the spelling does not matter:', () => {
  const unchanged = (respell: (statement: WrittenStatement) => unknown) =>
    fc.assert(
      fc.property(statements, contexts, (list, context) => {
        expect(verdict(list.map(respell), context)).toEqual(verdict(list, context));
      }),
    );

  test('the order of members', () => unchanged(reversed));
  test('upper case', () => unchanged((statement) => respelled(statement, (text) => text.toUpperCase())));
  test('lower case', () => unchanged((statement) => respelled(statement, (text) => text.toLowerCase())));
  test('lists of one', () => unchanged((statement) => relisted(statement, asList)));
  test('single values', () => unchanged((statement) => relisted(statement, asSingle)));

  test('the order of statements', () => {
    fc.assert(
      fc.property(statements, contexts, (list, context) => {
        expect(judge(list.toReversed(), context).exposure).toBe(judge(list, context).exposure);
      }),
    );
  });

  test('text or parsed', () => {
    fc.assert(
      fc.property(statements, contexts, (list, context) => {
        const policy = { Version: '2012-10-17', Statement: list };
        expect(judgeAccessPolicy(JSON.stringify(policy, undefined, 2), context)).toEqual(
          judgeAccessPolicy(policy, context),
        );
      }),
    );
  });

  test('one statement alone or in a list', () => {
    fc.assert(
      fc.property(arbitraryStatement(), contexts, (statement, context) => {
        expect(judgeAccessPolicy({ Statement: statement }, context)).toEqual(judge([statement], context));
      }),
    );
  });
});
