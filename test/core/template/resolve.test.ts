import { holdsUnknown, readingsOf, unknownsIn } from '../../../core/declared';
import { declaredInTemplate, parseDocument } from '../../../core/template';

/** What `Properties.X` of a domain is, in each reading. */
function valuesOf(yaml: string, more = '', given: Record<string, string> = {}): readonly unknown[] {
  const template = parseDocument(
    `${more}\nResources:\n  Role: { Type: AWS::IAM::Role }\n  Domain:\n    Type: AWS::OpenSearchService::Domain\n    Properties:\n      X: ${yaml}`,
  ).value;
  const [declared] = declaredInTemplate(template, {
    accountId: '111122223333',
    region: 'eu-west-1',
    parameters: new Map(Object.entries(given)),
  });
  return readingsOf((choose) => declared?.after?.(choose)?.['X']).readings.map(({ result }) => result);
}

describe('is resolved', () => {
  test.each<[string, string, unknown, string?]>([
    [
      'an account, a Region and a partition',
      '!Sub "${AWS::Partition}:${AWS::Region}:${AWS::AccountId}"',
      'aws:eu-west-1:111122223333',
    ],
    ['a role of the template', '!GetAtt Role.Arn', 'arn:aws:iam::111122223333:role/Role'],
    ['a name in a text', '!Sub "${Role.Arn}/x"', 'arn:aws:iam::111122223333:role/Role/x'],
    ['a variable of the text', '!Sub ["${A}-${B}", { A: a, B: !Ref AWS::Region }]', 'a-eu-west-1'],
    ['what is meant literally', '!Sub "${!aws:username}"', '${aws:username}'],
    ['a text of pieces', '!Join ["-", [a, !Ref AWS::Region, 1]]', 'a-eu-west-1-1'],
    ['a piece of a text', '!Select [1, !Split [":", "a:b:c"]]', 'b'],
    ['a mapping', '!FindInMap [M, !Ref AWS::Region, k]', 'v', 'Mappings: { M: { eu-west-1: { k: v } } }'],
    [
      'the default of a mapping',
      '!FindInMap [M, x, k, { DefaultValue: d }]',
      'd',
      'Mappings: { M: { eu-west-1: { k: v } } }',
    ],
    ['a text of JSON', '!ToJsonString { a: !Ref AWS::Region }', '{"a":"eu-west-1"}'],
    ['how many there are', '!Length [a, b]', 2],
    [
      'a condition that is known',
      '!If [C, then, else]',
      'else',
      'Conditions: { C: !And [!Equals [a, a], !Not [!Equals [b, b]]] }',
    ],
    ['nothing', '[a, !Ref AWS::NoValue, b]', ['a', 'b']],
    [
      'a parameter that may have one value only',
      '!Ref P',
      'a',
      'Parameters: { P: { Type: String, AllowedValues: [a] } }',
    ],
  ])('%s', (_, yaml, value, more = '') => {
    expect(valuesOf(yaml, more)).toEqual([value]);
  });

  test('a parameter that is given, whatever its default', () => {
    expect(valuesOf('!Ref P', 'Parameters: { P: { Type: String, Default: a } }', { P: 'b' })).toEqual(['b']);
  });

  test('a list that is given', () => {
    expect(valuesOf('!Ref P', 'Parameters: { P: { Type: CommaDelimitedList } }', { P: 'a, b' })).toEqual([['a', 'b']]);
  });
});

describe('is tried with each value', () => {
  test.each<[string, string, readonly unknown[], string]>([
    [
      'a parameter with allowed values, its default first',
      '!Ref P',
      ['b', 'a', 'c'],
      'Parameters: { P: { Type: String, AllowedValues: [a, b, c], Default: b } }',
    ],
    [
      'a condition on one',
      '!If [C, then, else]',
      ['else', 'then'],
      'Parameters: { P: { Type: String, AllowedValues: [a, b], Default: b } }\nConditions: { C: !Equals [!Ref P, a] }',
    ],
    [
      'a condition that is not known',
      '!If [C, then, else]',
      ['then', 'else'],
      'Parameters: { P: { Type: String } }\nConditions: { C: !Equals [!Ref P, a] }',
    ],
  ])('%s', (_, yaml, values, more) => {
    expect(valuesOf(yaml, more)).toEqual(values);
  });

  test('two functions on one parameter have the same value of it', () => {
    const more = 'Parameters: { P: { Type: String, AllowedValues: [a, b], Default: a } }';
    expect(valuesOf('[!Ref P, !Sub "${P}"]', more)).toEqual([
      ['a', 'a'],
      ['b', 'b'],
    ]);
  });

  test('a default is not certain', () => {
    const [first, second, ...others] = valuesOf('!Ref P', 'Parameters: { P: { Type: String, Default: a } }');
    expect(first).toBe('a');
    expect(holdsUnknown(second)).toBe(true);
    expect(others).toEqual([]);
  });
});

describe('is not known, and says what it is:', () => {
  test.each<[string, string, string, string?]>([
    ['a parameter', '!Ref P', 'the parameter P', 'Parameters: { P: { Type: String } }'],
    [
      'a parameter that is looked up',
      '!Ref P',
      'the parameter P',
      'Parameters: { P: { Type: "AWS::SSM::Parameter::Value<String>", Default: /a } }',
    ],
    ['an import', '!ImportValue Shared', 'the import Shared'],
    ['part of a text', '!Sub "a-${Other.Name}-b"', 'Other.Name'],
    ['a resource of a kind nothing is known of', '!Ref Other', 'Other'],
    ['a dynamic reference', '"{{resolve:ssm:/search/https}}"', 'resolve:ssm:/search/https'],
    ['a macro', '{ Fn::Transform: { Name: M } }', 'what a macro (Fn::Transform) makes'],
    [
      'a mapping by what is not known',
      '!FindInMap [M, !ImportValue I, k]',
      'the mapping M',
      'Mappings: { M: { a: { k: v } } }',
    ],
    ['a function nobody knows', '{ Fn::New: [] }', 'Fn::New of the template'],
  ])('%s', (_, yaml, what, more = '') => {
    expect(valuesOf(yaml, more).map(unknownsIn)).toEqual([[what]]);
  });
});

test.each([
  ['two of which the same is not known may be equal or not', '[!Cidr [a, 1, 2], !Cidr [b, 1, 2]]', ['then', 'else']],
  ['what is not known is equal to itself', '[!ImportValue A, !ImportValue A]', ['then']],
])('%s', (_, equals, expected) => {
  expect(valuesOf('!If [C, then, else]', `Conditions: { C: !Equals ${equals} }`)).toEqual(expected);
});

describe('what was made to be slow is not known, in little time:', () => {
  const TWENTY = Array.from({ length: 20 }, (_, at) => at);
  const conditions = TWENTY.map((at) => `C${at}: !And [!Condition C${at + 1}, !Condition C${at + 1}]`);
  const maps = TWENTY.map((at) => `T${at}: !Or [!Condition T${at + 1}, !Condition T${at + 1}]`);

  const TOO_LONG = 'what takes too long to be worked out';
  const inLittleTime = <Value>(work: () => Value): Value => {
    const before = process.cpuUsage();
    const value = work();
    expect(process.cpuUsage(before).user).toBeLessThan(10_000_000);
    return value;
  };

  test('conditions of conditions', () => {
    const given = `Conditions: { ${[...conditions, ...maps].join(', ')}, C20: !Equals [a, a], T20: !Equals [a, b] }`;
    for (const name of ['C0', 'T0']) {
      const values = inLittleTime(() => valuesOf(`!If [${name}, then, else]`, given));
      expect(values.map(unknownsIn)).toEqual([[TOO_LONG], [TOO_LONG]]);
    }
  });

  test('names of names', () => {
    const names = TWENTY.map((at) => ({ [`R${at}`]: { 'Fn::Sub': `\${R${at + 1}}\${R${at + 1}}` } }));
    const roles = names
      .flatMap((each) => Object.entries(each))
      .map(([id, AliasName]) => [id, { Type: 'AWS::KMS::Alias', Properties: { AliasName } }] as const);
    const [declared] = declaredInTemplate(
      {
        Resources: {
          Domain: { Type: 'AWS::OpenSearchService::Domain', Properties: { X: { Ref: 'R0' } } },
          ...Object.fromEntries(roles),
          R20: { Type: 'AWS::KMS::Alias', Properties: { AliasName: 'a' } },
        },
      },
      {},
    );
    const [reading] = inLittleTime(() => readingsOf((choose) => declared?.after?.(choose)?.['X']).readings);
    expect(holdsUnknown(reading?.result)).toBe(true);
  });

  test('a loop of loops', () => {
    const list = `[${TWENTY.concat(TWENTY, TWENTY).join(', ')}]`;
    const loop = TWENTY.slice(0, 6).reduceRight(
      (body, at) => `{ "Fn::ForEach::L${at}": [V${at}, ${list}, ${body}] }`,
      '{ "k${V0}${V1}${V2}${V3}${V4}${V5}": 1 }',
    );
    expect(inLittleTime(() => valuesOf(loop)).every((each) => unknownsIn(each).length > 0)).toBe(true);
  });

  test('a reference of many spaces, or of a long text many times', () => {
    expect(inLittleTime(() => valuesOf(`!Sub "\${${' '.repeat(20_000)}"`))).toEqual([`\${${' '.repeat(20_000)}`]);
    const long = `Parameters: { P: { Type: String, AllowedValues: [${'x'.repeat(100_000)}] } }`;
    const [text] = inLittleTime(() => valuesOf(`!Sub "${'${P}'.repeat(20_000)}"`, long));
    expect(holdsUnknown(text)).toBe(true);
  });
});
