import { toCall, type Call } from '../../../core/call';
import { ownersIn, reaches, toCriteria, type Settings } from '../../../core/settings';
import { OWN, PARTNER, recordOf, type Changes } from '../../support/records';

function callOf(fixture: string, changes: Changes = {}): Call {
  const call = toCall(recordOf(fixture, changes));
  if (!call) throw new Error(`${fixture} is no call`);
  return call;
}

const whose = (settings: Settings, call = callOf('es_DeleteDomain')) => toCriteria(settings).whoseIs(call);

/** A call on the domain logs of the own account. */
const { name: NAME = '', arn: ARN = '' } = callOf('es_DeleteDomain').domain ?? {};

test('without settings everything is nobody’s', () => {
  expect(whose({})).toEqual({ minimumSeverity: 'LOW' });
});

test('what is known of the account stands beside its owner', () => {
  const account = { name: 'search-production', owner: 'search', minimumSeverity: 'HIGH' } as const;
  expect(whose({ accounts: { [OWN]: account } })).toEqual({ account, owner: 'search', minimumSeverity: 'HIGH' });
  expect(whose({ accounts: { [PARTNER]: account } })).toEqual({ minimumSeverity: 'LOW' });
});

describe('the owner of a domain', () => {
  const accounts = { [OWN]: { owner: 'platform', minimumSeverity: 'CRITICAL' } } as const;

  test('takes the place of that of its account, with the severity it wants', () => {
    expect(whose({ accounts, domains: { [NAME]: { owner: 'search' } } })).toMatchObject({
      owner: 'search',
      minimumSeverity: 'LOW',
    });
  });

  test('does not where it has none', () => {
    expect(whose({ accounts, domains: { [NAME]: { name: 'All the logs' } } })).toMatchObject({
      domain: { name: 'All the logs' },
      owner: 'platform',
      minimumSeverity: 'CRITICAL',
    });
  });

  test.each([
    ['a name', NAME, true],
    ['an ARN', ARN, true],
    ['a pattern of names', 'lo*', true],
    ['a pattern of ARNs', `arn:aws:es:*:${OWN}:domain/*`, true],
    ['a pattern of another account', `arn:aws:es:*:${PARTNER}:domain/*`, false],
    ['part of a name', 'log', false],
    ['a pattern of names, of which no ARN is one', 'a*', false],
  ])('is found by %s', (_, pattern, isFound) => {
    expect(whose({ accounts, domains: { [pattern]: { owner: 'search' } } }).owner).toBe(
      isFound ? 'search' : 'platform',
    );
  });

  test.each([
    [['*', 'l*', 'lo*'], 'lo*'],
    [['lo*', '*', 'l*'], 'lo*'],
    [['lo*', '*gs'], 'lo*'],
    [[`arn:aws:es:*:${OWN}:domain/*`, 'lo*'], `arn:aws:es:*:${OWN}:domain/*`],
    [[`arn:aws:es:*:${OWN}:domain/lo*`, NAME], NAME],
  ])('of %j is that of %s', (patterns, chosen) => {
    const domains = Object.fromEntries(patterns.map((pattern, at) => [pattern, { owner: `owner ${at}` }]));
    expect(whose({ domains }).owner).toBe(`owner ${patterns.indexOf(chosen)}`);
  });

  test('is that of the account the domain is in, whoever’s trail recorded the call', () => {
    const call = callOf('es_CreateVpcEndpoint', { 'requestParameters/domainArn': ARN.replace(OWN, PARTNER) });
    const of = { [OWN]: { name: 'own', owner: 'platform' }, [PARTNER]: { name: 'partner', owner: 'partners' } };
    expect(call.accountId).toBe(OWN);
    expect(whose({ accounts: of }, call)).toMatchObject({ account: { name: 'own' }, owner: 'partners' });
  });
});

test('a call of another service, which is about the monitor, is nobody’s', () => {
  const account = { name: 'own', owner: 'platform' };
  const call = callOf('es_DeleteDomain', { eventSource: 'cloudtrail.amazonaws.com', eventName: 'StopLogging' });
  expect(call.resources).toBeDefined();
  expect(whose({ accounts: { [OWN]: account } }, call)).toEqual({ account, minimumSeverity: 'LOW' });
});

describe('the owners in the settings', () => {
  test('are told by their names, once, with their subscribers and the mildest of what they want to hear of', () => {
    expect(
      ownersIn({
        accounts: {
          [OWN]: { owner: 'search', minimumSeverity: 'HIGH' },
          [PARTNER]: { owner: 'search', minimumSeverity: 'MEDIUM', subscribers: ['b@example.com', 'a@example.com'] },
          '999900001111': { name: 'nobody’s' },
        },
        domains: {
          'logs-*': { owner: 'search', subscribers: ['a@example.com', 'b@example.com'], minimumSeverity: 'CRITICAL' },
          'orders-*': { owner: 'orders' },
        },
      }),
    ).toEqual([
      { name: 'orders', subscribers: [], minimumSeverity: 'LOW' },
      { name: 'search', subscribers: ['b@example.com', 'a@example.com'], minimumSeverity: 'MEDIUM' },
    ]);
    expect(ownersIn({})).toEqual([]);
  });

  test('hear of what is as severe as they want, or worse', () => {
    expect((['LOW', 'MEDIUM', 'HIGH', 'CRITICAL'] as const).map((severity) => reaches(severity, 'HIGH'))).toEqual([
      false,
      false,
      true,
      true,
    ]);
  });
});
