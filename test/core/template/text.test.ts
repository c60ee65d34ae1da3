import { parseDocument } from '../../../core/template';

const YAML = `Resources:
  Domain:
    Type: AWS::OpenSearchService::Domain
    Properties:
      DomainName: !Sub '\${AWS::StackName}-logs'
      AccessPolicies:
        Statement:
          - Effect: Allow
          - Effect: Deny
`;
const JSON_TEXT = JSON.stringify(parseDocument(YAML).value, undefined, 2);

describe('the line of', () => {
  test.each<[string, readonly (string | number)[], number, number]>([
    ['a resource', ['Resources', 'Domain'], 2, 3],
    ['a property', ['Resources', 'Domain', 'Properties', 'DomainName'], 5, 6],
    ['a statement', ['Resources', 'Domain', 'Properties', 'AccessPolicies', 'Statement', 1], 9, 14],
    ['what is not there is that of the nearest around it', ['Resources', 'Domain', 'Properties', 'X', 'Y'], 4, 5],
    ['nothing is the first', ['Outputs'], 1, 1],
  ])('%s', (_, path, inYaml, inJson) => {
    expect(parseDocument(YAML).lineOf(path)).toBe(inYaml);
    expect(parseDocument(JSON_TEXT).lineOf(path)).toBe(inJson);
  });
});

test('lines of thousands of resources are looked for in a text that is read once', () => {
  const ids = Array.from({ length: 20_000 }, (_, at) => `D${at}`);
  const text = JSON.stringify({ Resources: Object.fromEntries(ids.map((id) => [id, { Type: 'X' }])) }, undefined, 1);
  const { lineOf } = parseDocument(text);
  const before = process.cpuUsage();
  expect(ids.map((id) => lineOf(['Resources', id, 'Type']))).toEqual(ids.map((_, at) => 4 + 3 * at));
  // Some tenths of a second; read for each, half an hour.
  expect(process.cpuUsage(before).user).toBeLessThan(10_000_000);
});

test('of a name that is there twice the line is that of the value that counts', () => {
  expect(parseDocument('{"a":1,\n"a":2}').lineOf(['a'])).toBe(2);
});

describe('is read', () => {
  test.each<[string, string, unknown]>([
    ['a short form before a text', 'a: !Ref B', { a: { Ref: 'B' } }],
    ['GetAtt with an attribute that has dots', 'a: !GetAtt B.C.D', { a: { 'Fn::GetAtt': ['B', 'C.D'] } }],
    ['GetAtt as a list', 'a: !GetAtt [B, C]', { a: { 'Fn::GetAtt': ['B', 'C'] } }],
    ['a condition', 'a: !Not [!Condition B]', { a: { 'Fn::Not': [{ Condition: 'B' }] } }],
    [
      'a short form within a short form',
      'a: !Join ["", [!Ref B, !Sub "${C}"]]',
      { a: { 'Fn::Join': ['', [{ Ref: 'B' }, { 'Fn::Sub': '${C}' }]] } },
    ],
    ['a date as a text', 'Version: 2012-10-17', { Version: '2012-10-17' }],
    ['an account with its zeros', 'a: 001234567890', { a: '001234567890' }],
    ['a flag', 'a: true', { a: true }],
    ['an alias', 'a: &x { b: 1 }\nc: *x', { a: { b: 1 }, c: { b: 1 } }],
    [
      'a merge, under what is written',
      'a: &x { b: 1, c: 2 }\nd: { <<: *x, c: 3 }',
      { a: { b: 1, c: 2 }, d: { b: 1, c: 3 } },
    ],
    ['JSON', '{"a":[1,"b"]}', { a: [1, 'b'] }],
    ['JSON with brackets in texts', `{"a":"${'[{'.repeat(300)}","b\\"[":1}`, { a: '[{'.repeat(300), 'b"[': 1 }],
    ['JSON behind a byte order mark', '\uFEFF{"a":1}', { a: 1 }],
    ['YAML that begins as JSON does', '{a: !Ref B}', { a: { Ref: 'B' } }],
  ])('%s', (_, text, value) => {
    expect(parseDocument(text).value).toEqual(value);
  });
});

describe('is refused, with the reason', () => {
  test.each<[string, string, RegExp]>([
    ['what is no YAML', 'a: [', /^is no YAML: .* at line 1, column 5$/],
    ['what is no JSON', '{"a": ', /^is no JSON: Unexpected end of JSON input$/],
    ['tabs', '\ta: 1', /^is no YAML: Tabs are not allowed as indentation/],
    ['nothing', '', /^is empty$/],
    ['several documents', 'a: 1\n---\nb: 2', /^holds 2 documents; allowed: one$/],
    ['a name that is there twice', 'a: 1\na: 2', /^has "a" twice in one map$/],
    ['what refers to itself', 'a: &a [*a]', /^has the alias \*a within what it stands for$/],
    ['an alias of nothing', 'a: *b', /^(is no YAML: Unresolved alias|has the alias \*b)/],
    [
      'aliases of aliases',
      [
        'a: &a [x, x, x, x, x, x, x, x]',
        ...['b', 'c', 'd', 'e', 'f'].map(
          (each, at) => `${each}: &${each} [${Array.from({ length: 9 }, () => `*${'abcde'.charAt(at)}`).join()}]`,
        ),
      ].join('\n'),
      /^has more than 100000 values, counted as often as its aliases name them$/,
    ],
    [
      'lists in lists by the thousand, in YAML',
      `a: ${'['.repeat(50_000)}${']'.repeat(50_000)}`,
      /^is nested deeper than 200 levels$/,
    ],
    [
      'lists in lists by the thousand, in JSON',
      `${'['.repeat(50_000)}${']'.repeat(50_000)}`,
      /^is nested deeper than 200 levels$/,
    ],
    [
      'maps in lists by the million, before they are parsed',
      `{"a":"]}\\"}]",${'"b":[{'.repeat(1_000_000)}`,
      /^is nested deeper than 200 levels$/,
    ],
    [
      'maps in maps by the thousand',
      Array.from({ length: 1200 }, (_, at) => `${' '.repeat(at)}a:`).join('\n'),
      /^is nested (too deep|deeper than 200 levels)$/,
    ],
    [
      'more YAML than CloudFormation takes',
      `a: ${'x'.repeat(1_200_000)}`,
      /^has 1200003 characters; allowed: at most 1100000 of YAML/,
    ],
  ])('%s', (_, text, why) => {
    expect(() => parseDocument(text)).toThrow(why);
  });
});
