import type { WrittenStatement } from './access-policies';

type List = readonly WrittenStatement[];

/** Why a policy is judged harsher than by IAM: it is cut down as long as its verdict stays harsher, and named by what is left. */
export function kindOfHarsher(list: List, isHarsher: (list: List) => boolean): string {
  const smallest = cutDown(list, isHarsher);
  return KINDS.find(([, isOfKind]) => isOfKind(smallest))?.[0] ?? `other: ${JSON.stringify(smallest)}`;
}

export function cutDown(list: List, isHarsher: (list: List) => boolean): List {
  for (const smaller of smallerThan(list)) if (isHarsher(smaller)) return cutDown(smaller, isHarsher);
  return list;
}

/** The list with one statement less, one test less, or one value less. */
function* smallerThan(list: List): Generator<List> {
  for (const at of list.keys()) if (list.length > 1) yield list.toSpliced(at, 1);
  for (const [at, statement] of list.entries()) {
    for (const smaller of smallerStatements(statement)) yield list.with(at, smaller);
  }
}

type Condition = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

function* smallerStatements(statement: WrittenStatement): Generator<WrittenStatement> {
  const condition = (statement['Condition'] ?? {}) as Condition;
  for (const [operator, keys] of Object.entries(condition)) {
    const { [operator]: _, ...others } = condition;
    yield { ...statement, Condition: others };
    for (const [key, values] of Object.entries(keys)) {
      for (const fewer of fewerOf(values)) {
        yield { ...statement, Condition: { ...condition, [operator]: { ...keys, [key]: fewer } } };
      }
    }
  }
  const principal = statement['Principal'] as { readonly AWS?: unknown };
  for (const fewer of fewerOf(principal.AWS)) yield { ...statement, Principal: { AWS: fewer } };
  for (const element of ['Action', 'Resource', 'NotAction', 'NotResource']) {
    for (const fewer of fewerOf(statement[element])) yield { ...statement, [element]: fewer };
  }
}

const fewerOf = (values: unknown): readonly unknown[] =>
  Array.isArray(values) && values.length > 1 ? values.map((_, at) => values.toSpliced(at, 1)) : [];

/** One test of a smallest policy. */
interface Test {
  readonly isInDeny: boolean;
  readonly operator: string;
  readonly key: string;
  readonly values: readonly string[];
}

const testsIn = (list: List): readonly Test[] =>
  list.flatMap((statement) =>
    Object.entries((statement['Condition'] ?? {}) as Condition).flatMap(([operator, keys]) =>
      Object.entries(keys).map(([key, values]) => ({
        isInDeny: statement['Effect'] === 'Deny',
        operator,
        key,
        values: [values].flat().map(String),
      })),
    ),
  );

const some = (isOne: (test: Test) => boolean) => (list: List) => testsIn(list).some(isOne);

const namesOf = ({ Principal: principal }: WrittenStatement): readonly string[] =>
  principal === '*' ? ['*'] : [(principal as { readonly AWS?: unknown }).AWS ?? []].flat().map(String);

const isAboutDomain = (key: string): boolean => /^aws:(SecureTransport|CurrentTime|UserAgent|Unheard)$/.test(key);
const isAlwaysPresent = (key: string): boolean =>
  /^aws:(PrincipalAccount|PrincipalType|userid|ViaAWSService)$/.test(key);

/** The first that fits. */
const KINDS: readonly (readonly [name: string, isOfKind: (list: List) => boolean])[] = [
  [
    'what a statement allows is in another domain',
    (list) => list.some((statement) => JSON.stringify(statement['Resource'] ?? '').includes('logs2/')),
  ],
  [
    'a Deny of named principals',
    (list) => list.some((each) => each['Effect'] === 'Deny' && !namesOf(each).includes('*')),
  ],
  [
    'a Deny on a key that no request has',
    some(({ isInDeny, key }) => isInDeny && /^(kms|s3):|Vpce|SourceVpc|VpcSourceIp/.test(key)),
  ],
  ['a key that limits nobody, or is not known', some(({ key }) => isAboutDomain(key))],
  ['a unique id as principal', (list) => list.some((each) => namesOf(each).some((name) => name.startsWith('AROA')))],
  [
    'an account that only its organization makes trusted',
    (list) => list.some((each) => namesOf(each).join().includes('888877776666')),
  ],
  [
    'a wildcard under an operator that takes none',
    some(({ operator, values }) => /^String(Not)?Equals/.test(operator) && /[*?]/.test(values.join())),
  ],
  ['a test on a key that every request has, and that may hold without it', some(({ key }) => isAlwaysPresent(key))],
  ['addresses that cannot be read, or of the other kind', some(({ key }) => key === 'aws:SourceIp')],
  ['an account told apart by a Deny', (list) => testsIn(list).some(({ isInDeny }) => isInDeny)],
  ['a value, or values together, that nobody in the small world has', (list) => testsIn(list).length > 0],
];
