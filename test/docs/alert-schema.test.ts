import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Validator, type Schema } from '@cfworker/json-schema';
import { GOLDEN, GOLDEN_NAMES } from '../support/golden';
import { ROOT } from '../support/root';
import { schemaProblems } from '../support/alert-schema';

const text = readFileSync(join(ROOT, 'docs', 'alert.schema.json'), 'utf8');
const schema = JSON.parse(text) as Schema;

/** Validators of two kinds: one makes code of the schema, the other walks through it. */
const VALIDATORS: Readonly<Record<string, (body: unknown) => boolean>> = {
  ajv: (body) => schemaProblems(body).length === 0,
  '@cfworker/json-schema': (body) => new Validator(schema, '2020-12').validate(body).valid,
};

const goldenBody = (name: string): Record<string, unknown> =>
  JSON.parse(readFileSync(join(GOLDEN, `${name}.ocsf.json`), 'utf8')) as Record<string, unknown>;

describe.each(Object.entries(VALIDATORS))('by %s', (_, isValid) => {
  test.each(GOLDEN_NAMES)('the machine body of %s keeps to the schema', (name) => {
    expect(isValid(goldenBody(name))).toBe(true);
  });

  const body = goldenBody('policy-opened-to-everyone');
  const info = body['finding_info'] as object;

  test.each<[string, object]>([
    ['a member that nobody declared', { ...body, surprise: 1 }],
    ['a line break in a text', { ...body, message: 'a\nb' }],
    ['a right-to-left override', { ...body, message: 'a\u202eb' }],
    ['a zero-width space', { ...body, message: 'a\u200bb' }],
    ['an escape', { ...body, message: '\u001b[31mred' }],
    [
      'a sub-technique in place of a technique',
      { ...body, finding_info: { ...info, attacks: [{ version: '19', technique: { uid: 'T1213.006', name: 'a' } }] } },
    ],
    ['another class', { ...body, class_uid: 2005 }],
  ])('a body with %s does not', (_, broken) => {
    expect(isValid(broken)).toBe(false);
  });

  test.each(['Łódź 東京 مرحبا', '\u{1f600}', 'a\u0301'])('a text may hold %s', (message) => {
    expect(isValid({ ...body, message })).toBe(true);
  });
});

test('every pattern means the same to engines without Unicode properties, without escapes of their own and without flags', () => {
  const patterns = [...text.matchAll(/"pattern": ("(?:[^"\\]|\\.)*")/g)].map(
    ([, json = '']) => JSON.parse(json) as string,
  );
  expect(patterns.length).toBeGreaterThan(5);
  for (const pattern of patterns) {
    expect(pattern).not.toMatch(/\\[pPuUN]|\(\?/);
    expect([new RegExp(pattern), new RegExp(pattern, 'u')].map((each) => each.test('\u202e'))).toEqual([false, false]);
  }
});
