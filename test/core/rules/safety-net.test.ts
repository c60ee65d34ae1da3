import { JUDGED_BLOCKS, toCall } from '../../../core/call';
import { looksAt } from '../../../core/findings';
import { RULES, toSituation } from '../../../core/rules';
import { RULE_CASES, RULE_CASE_SETTINGS } from './cases';

/**
 * A request that has every member asked for: those it has as they are, the others as objects that have every member in
 * turn. `read` hears of each path that is read.
 */
function listening(value: unknown, read: (path: readonly string[]) => void, path: readonly string[] = []): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  const memberAt = (name: string): unknown => {
    read([...path, name]);
    const member = (value as Readonly<Record<string, unknown>>)[name];
    return listening(member ?? {}, read, [...path, name]);
  };
  return new Proxy(value, {
    get: (_, name) => (typeof name === 'string' ? memberAt(name) : undefined),
    has: () => true,
    getOwnPropertyDescriptor: () => ({ configurable: true, enumerable: true, writable: true, value: undefined }),
  });
}

/** The blocks of a domain's configuration that rules look into, in any of the cases of any rule. */
function blocksRead(): ReadonlySet<string> {
  const blocks = new Set<string>();
  for (const { record } of RULE_CASES) {
    const call = toCall(record);
    if (call?.operation !== 'CreateDomain' && call?.operation !== 'UpdateDomainConfig') continue;
    const request = listening(call.request ?? {}, ([block, ...inside]) => {
      if (block !== undefined && inside.length > 0) blocks.add(block);
    });
    const situation = { ...toSituation(call, RULE_CASE_SETTINGS.trust), call: { ...call, request } };
    for (const rule of RULES)
      if (looksAt(rule, call)) rule.evidence({ ...situation, before: undefined, told: undefined });
  }
  return blocks;
}

/** A text itself, as the API has it; a list of texts; a block of packages, which the rule on keys reads as well. */
const NO_BLOCKS = ['accessPolicies', 'acceptedWarnings', 'packageEncryptionOptions'];

test('a block that a rule reads is told where the record hides it', () => {
  const missing = [...blocksRead()].filter((block) => ![...JUDGED_BLOCKS, ...NO_BLOCKS].includes(block));
  expect(missing).toEqual([]);
});

test('a block that no rule reads is none that is judged', () => {
  const read = blocksRead();
  expect(JUDGED_BLOCKS.filter((block) => !read.has(block))).toEqual([]);
});
