import Ajv from 'ajv';
import * as fc from 'fast-check';
import { problemsIn, settingsSchema } from '../../../core/settings';
import { someSettings } from '../../support/settings';
import { NAMELESS, SETTINGS_MISTAKES } from '../../lib/mistakes/settings';

const TODAY = '2026-11-24';
const isValid = new Ajv({ strict: false }).compile(settingsSchema((type, member) => `${type}.${member}`));

/** What a file may hold: settings as JSON has them. */
const asJson = (value: unknown): unknown => JSON.parse(JSON.stringify(value)) as unknown;

describe('the schema of a settings file', () => {
  test.each([...SETTINGS_MISTAKES, NAMELESS].map(({ settings, isInSchema }) => [isInSchema, settings] as const))(
    'finds what is wrong, %s, with %j',
    (isInSchema, settings) => {
      expect(isValid(asJson(settings))).toBe(!isInSchema);
      expect(problemsIn(asJson(settings), TODAY)).not.toEqual([]);
    },
  );

  test('takes whatever the checks take', () => {
    let taken = 0;
    fc.assert(
      fc.property(someSettings, (settings) => {
        if (problemsIn(asJson(settings), TODAY).length > 0) return;
        taken += 1;
        expect([isValid(asJson(settings)), isValid.errors]).toEqual([true, null]);
      }),
      { numRuns: 4000 },
    );
    expect(taken).toBeGreaterThan(200);
  });

  test('takes a file that names it', () => {
    expect(isValid({ $schema: './monitor.schema.json', trustedAccounts: ['111122223333'] })).toBe(true);
    expect(isValid({ $schema: 1 })).toBe(false);
  });
});
