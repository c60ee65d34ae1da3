import * as fc from 'fast-check';
import { redactionOf } from '../../../core/call/redaction';

test.each([
  ['a secret wherever it stands', ['secret-1'], 'a secret-1 b secret-1', 'a (redacted) b (redacted)'],
  ['two that touch', ['secret-1', 'secret-2'], 'secret-1secret-2', '(redacted)(redacted)'],
  [
    'the longer of two that begin alike',
    ['secret', 'secret-and-more'],
    'secret-and-more secret',
    '(redacted) (redacted)',
  ],
  ['two that overlap, as one', ['abcdef', 'defghi'], '-abcdefghi-', '-(redacted)-'],
  ['nothing of a text without one', ['secret-1'], 'secret-2 secret-', 'secret-2 secret-'],
  ['nothing where there are none', [], 'secret-1', 'secret-1'],
])('takes out %s', (_, secrets, text, shown) => {
  expect(redactionOf(secrets)(text)).toBe(shown);
});

test('leaves no secret in any text', () => {
  const letters = fc.string({ unit: fc.constantFrom('a', 'b'), minLength: 6, maxLength: 9 });
  fc.assert(
    fc.property(
      fc.array(letters, { maxLength: 5 }),
      fc.string({ unit: fc.constantFrom('a', 'b') }),
      (secrets, text) => {
        const shown = redactionOf(secrets)(text);
        expect(secrets.filter((secret) => shown.includes(secret))).toEqual([]);
      },
    ),
  );
});

test('takes the rest for a secret where too many begin like the text, and ends', () => {
  const secrets = Array.from({ length: 50_000 }, (_, at) => `aaaaaaaaaaaa${String(at).padStart(6, '0')}`);
  const redacted = redactionOf(secrets);
  expect(redacted(`first ${'a'.repeat(1_000_000)}`)).toMatch(/^first (a{1,99})?\(redacted\)$/);
  expect(redacted('aaaaaaaaaaaa000007')).toBe('(redacted)');
  expect(redacted('anyone on the internet can read')).toBe('anyone on the internet can read');
});
