import * as fc from 'fast-check';
import { ascii, plain, shortened, unlinked, wrapped } from '../../../core/base/plain-text';

const anyText = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.array(fc.nat(0xffff)).map((units) => String.fromCharCode(...units)),
);

describe('plain', () => {
  test.each([
    ['a line break', 'a\r\n\r\nb', 'a b'],
    ['a line separator', 'a\u2028b\u2029c', 'a b c'],
    ['a tab and a NUL', 'a\tb\u0000c', 'a b c'],
    ['a next-line control', 'a\u0085b', 'a b'],
    ['a run of spaces', '  a          b ', 'a b'],
    ['spaces of other widths', 'a\u00a0\u3000b', 'a b'],
    ['an escape sequence', '\u001b[31mred', '[31mred'],
    ['a right-to-left override', 'exe\u202egpj', 'exe[U+202E]gpj'],
    ['an isolate', '\u2066a', '[U+2066]a'],
    ['a zero-width space', 'a\u200bb', 'a[U+200B]b'],
    ['a soft hyphen', 'a\u00adb', 'a[U+00AD]b'],
    ['a tag character', 'a\u{e0041}', 'a[U+E0041]'],
    ['a filler that looks like a space', 'a\u3164b', 'a[U+3164]b'],
    ['a variation selector', 'a\ufe0f', 'a[U+FE0F]'],
    ['a private character', 'a\ue000', 'a[U+E000]'],
    ['half of a pair', 'a\ud83d', 'a\ufffd'],
    ['an emoji', 'a\u{1f600}', 'a\u{1f600}'],
    ['letters of other scripts', 'Łódź 東京 مرحبا', 'Łódź 東京 مرحبا'],
    ['a tower of marks', `a${'\u0301'.repeat(50)}`, `a${'\u0301'.repeat(3)}\ufffd`],
  ])('shows %s as what it is', (_, text, shown) => {
    expect(plain(text, 100)).toBe(shown);
  });

  test('cuts with an ellipsis, and never half a character', () => {
    expect(plain('abcdef', 4)).toBe('abc…');
    expect(plain('abcd', 4)).toBe('abcd');
    expect(plain('ab\u{1f600}\u{1f600}', 4)).toBe('ab…');
  });

  test('shows text behind any number of line breaks', () => {
    expect(plain(`${'\n'.repeat(5000)}a${'\n'.repeat(5000)}b`, 10)).toBe('a b');
  });

  test('of any text is one line within the length, and shown again is the same', () => {
    fc.assert(
      fc.property(anyText, fc.integer({ min: 1, max: 60 }), (text, length) => {
        const line = plain(text, length);
        expect(line.length).toBeLessThanOrEqual(length);
        expect(line).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}]/u);
        expect(line).toBe(line.trim());
        expect(plain(line, length)).toBe(line);
      }),
    );
  });
});

describe('ascii', () => {
  test('puts a question mark for what is not ASCII', () => {
    expect(ascii('Łódź-\u{1f600}', 99)).toBe('??d?-?');
  });

  test('cuts with three dots', () => {
    expect(ascii('abcdefgh', 6)).toBe('abc...');
    expect(ascii('abcdef', 6)).toBe('abcdef');
  });

  test('of any text is printable and within the length', () => {
    fc.assert(
      fc.property(anyText, fc.integer({ min: 3, max: 150 }), (text, length) => {
        expect(ascii(text, length)).toMatch(new RegExp(`^[\\x20-\\x7e]{0,${length}}$`));
      }),
    );
  });
});

test.each([
  ['https://evil.example', 'https[:]//evil.example'],
  ['see www.evil.example', 'see www[.]evil.example'],
  ['MAILTO:a@b.example', 'mailto[:]a@b.example'],
  ['arn:aws:es:eu-west-1:111122223333:domain/logs', 'arn:aws:es:eu-west-1:111122223333:domain/logs'],
])('%s is no link any more: %s', (text, shown) => {
  expect(unlinked(text)).toBe(shown);
});

test('a text that fits is not shortened', () => {
  expect(shortened('abc', 3)).toBe('abc');
  expect(shortened('abcd', 3, '...')).toBe('...');
});

describe('wrapped', () => {
  test('indents the lines after the first under its text', () => {
    expect(wrapped('one two three four', 14, 'Do:  ')).toBe('Do:  one two\n     three\n     four');
  });

  test('keeps a word that is too long whole, on a line of its own', () => {
    expect(wrapped('a bbbbbbbbbbbb c', 8, '- ')).toBe('- a\n  bbbbbbbbbbbb\n  c');
  });

  test('of any line loses no word, and passes the width only for one word', () => {
    const line = anyText.map((text) => plain(text, 200));
    fc.assert(
      fc.property(line, fc.integer({ min: 10, max: 80 }), (text, width) => {
        const lines = wrapped(text, width, '   - ').split('\n');
        expect(lines.map((part) => part.slice(5)).join(' ')).toBe(text);
        expect(lines.filter((part) => part.length > width && part.slice(5).includes(' '))).toEqual([]);
        expect(lines.slice(1).filter((part) => !/^ {5}\S/.test(part))).toEqual([]);
      }),
    );
  });
});
