import { DECLARATION_NAMES, expectedVerdicts, judgedIn, verdictOn } from '../../support/declarations';

describe('what is said of', () => {
  const expected = expectedVerdicts();

  test.each(DECLARATION_NAMES)('%s', (name) => {
    expect(verdictOn(name)).toEqual(expected[name]);
  });

  test('every file that is expected is there', () => {
    expect(Object.keys(expected)).toEqual(DECLARATION_NAMES.toSorted());
  });
});

describe('what a finding in doubt depends on, for', () => {
  const doubtsOf = (name: string): readonly (string | undefined)[] =>
    judgedIn(name).flatMap(({ findings }) =>
      findings.filter(({ doubt }) => doubt !== undefined).map(({ doubt }) => doubt),
    );

  test.each<[string, string, readonly string[]]>([
    [
      'an Allow: that it lets in all it may',
      'role-of-import.yaml',
      ['if what is not known of the access policy (the import ReaderArn) lets in all it may'],
    ],
    [
      'a Deny: that it takes away nothing',
      'open-but-denied-by-parameter.yaml',
      ['if what is not known of the access policy (the parameter Office) lets in all it may'],
    ],
    ['a parameter: the value it would have', 'encryption-by-condition.yaml', ['if the parameter Env is dev']],
    [
      'a flag: the value it would have, and where it is from',
      'https-of-parameter.yaml',
      ['if DomainEndpointOptions.EnforceHTTPS, from the parameter Https, is false'],
    ],
    [
      'an account: that it is not the own one',
      'named-account.yaml',
      ['if the deployment is in another account than those it names'],
    ],
  ])('%s', (_, name, doubts) => {
    expect(doubtsOf(name)).toEqual(doubts);
  });
});
