import { DECLARATION_NAMES, expectedVerdicts, verdictOn } from '../../support/declarations';

describe('what is said of', () => {
  const expected = expectedVerdicts();

  test.each(DECLARATION_NAMES)('%s', (name) => {
    expect(verdictOn(name)).toEqual(expected[name]);
  });

  test('every file that is expected is there', () => {
    expect(Object.keys(expected)).toEqual(DECLARATION_NAMES.toSorted());
  });
});
