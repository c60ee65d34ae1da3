import { readingsOf, type Choose } from '../../../core/declared';

const either = (choose: Choose, name: string): boolean =>
  choose(name, [
    { value: true, says: `${name} is so` },
    { value: false, says: `${name} is not so` },
  ]);

test('there is one reading where nothing is to be chosen', () => {
  const { readings, isCut } = readingsOf((choose) => choose('a', [{ value: 1, says: 'it is 1' }]));
  expect(readings).toEqual([{ result: 1, choices: [] }]);
  expect(isCut).toBe(false);
});

test('every combination is read once, the first candidates first', () => {
  const { readings } = readingsOf((choose) => [either(choose, 'a'), either(choose, 'b')]);
  expect(readings.map(({ result }) => result)).toEqual([
    [true, true],
    [false, true],
    [true, false],
    [false, false],
  ]);
});

test('what is asked in one reading only is tried in that one', () => {
  const { readings } = readingsOf((choose) => (either(choose, 'a') ? either(choose, 'b') : 'not asked'));
  expect(readings.map(({ result }) => result)).toEqual([true, 'not asked', false]);
});

test('what is asked twice has one answer', () => {
  const { readings } = readingsOf((choose) => either(choose, 'a') === either(choose, 'a'));
  expect(readings.map(({ result }) => result)).toEqual([true, true]);
});

test('of too many combinations the last candidates are tried, and it is told', () => {
  const names = Array.from({ length: 12 }, (_, at) => `question ${at}`);
  const { readings, isCut } = readingsOf((choose) => names.map((name) => either(choose, name)));
  expect(isCut).toBe(true);
  expect(readings.length).toBeLessThan(40);
  expect(readings.map(({ result }) => result)).toContainEqual(names.map(() => false));
});

test('a choice says what was chosen, and whether it stands for others', () => {
  const { readings } = readingsOf((choose) =>
    choose('key', [
      { value: 'own', says: 'it is of the own account' },
      { value: 'foreign', says: 'it is of another account', isGuess: true },
    ]),
  );
  expect(readings.map(({ choices }) => choices)).toEqual([
    [{ name: 'key', at: 0, says: 'it is of the own account', isGuess: false }],
    [{ name: 'key', at: 1, says: 'it is of another account', isGuess: true }],
  ]);
});
