import { randomFrom } from '../../bench/random';
import { faultsFrom } from '../../local/faults/fault-kinds';
import { figuresOf } from '../../local/faults/figures';
import { openBooks, type Answer } from '../../local/faults/books';
import { runModel } from '../../local/faults/model';
import { MUTANTS } from '../../local/faults/mutants';

/* Everything goes wrong that can. The suite itself is tested by faults the function does not have. */

const SEED = 2;
const FILES = 150;

test('with everything going wrong each risky call is told, and what nobody can read is put aside with its reason', async () => {
  const { due, told, deadLettered, unreadable, faults, kills, wrong } = await runModel(SEED, FILES);
  expect(wrong).toEqual([]);
  expect(told).toBe(due);
  expect(due).toBeGreaterThan(80);
  expect(deadLettered).toBeGreaterThan(unreadable);
  for (const counts of Object.values(faults)) expect(Object.values(counts).some((count) => count > 0)).toBe(true);
  expect(kills['between publish and record']).toBeGreaterThan(0);
});

test('the same seed gives the same run', async () => {
  const [one, other] = [await runModel(3, 30), await runModel(3, 30)];
  expect(one).toEqual(other);
});

/** What the suite says of each, by the word its lines begin with. */
const NOTICED: Readonly<Record<keyof typeof MUTANTS, string>> = {
  'the alert is recorded before it is published': 'lost',
  'the alert is never recorded': 'doubled',
  'the first verdict wins': 'lost',
  'a claim is never refused': 'doubled',
  'what SNS throttles counts as sent': 'lost',
  'what the topic of an owner refuses counts as sent': 'lost',
  'a record that came as an event is never judged': 'lost',
  'a failed log file is acknowledged': 'lost',
  'a failed log file fails its whole batch': 'dead letters',
  'an alert that is sent is not counted': 'accounts',
};

test.each(Object.entries(MUTANTS))('it is noticed where %s', async (name, mutant) => {
  const { wrong } = await runModel(SEED, FILES, mutant);
  expect(wrong.map((line) => line.split(':')[0])).toContain(NOTICED[name]);
});

describe('an alert that is told again has a reason only where', () => {
  const told = (between: (books: ReturnType<typeof openBooks>) => void, answer: Answer = 'heard') => {
    const books = openBooks();
    books.published('first', 'a', 'HIGH', answer);
    between(books);
    books.published('second', 'a', 'HIGH', 'heard');
    const { excused, unexcused } = books.doubled();
    return { excused: Object.entries(excused).flatMap(([excuse, count]) => (count > 0 ? [excuse] : [])), unexcused };
  };

  test('the function was killed before it was recorded', () => {
    expect(told((books) => books.killed('first', 'between publish and record')).excused).toEqual([
      'killed between publish and record',
    ]);
  });

  test('the function did not get to know that SNS took it', () => {
    expect(told(() => undefined, 'lost').excused).toEqual(['the answer of SNS was lost']);
  });

  test('the function waited no longer when SNS answered, and lived', () => {
    expect(told(() => undefined, 'late').excused).toEqual(['the answer of SNS came too late']);
    expect(told((books) => books.killed('first', 'elsewhere'), 'late').excused).toEqual([
      'killed between publish and record',
    ]);
  });

  test('one answer was lost for each that is laid to it', () => {
    const books = openBooks();
    for (const answer of ['lost', 'lost', 'heard'] as const) books.published('first', 'a', 'HIGH', answer);
    const reasonsWith = (lost: number): readonly string[] => {
      const faults = { ...faultsFrom(randomFrom(1), () => 0).counts() };
      const SNS = { ...faults.SNS, 'answer lost': lost };
      const due = new Map([['a', 'HIGH' as const]]);
      const scenario = { objects: new Map(), announced: [], due, unchanged: [] };
      const run = { scenario, books, faults: { ...faults, SNS }, counters: {}, deadLettered: 0, deadLetters: [] };
      return figuresOf(run).wrong;
    };
    expect(reasonsWith(2)).toEqual([]);
    expect(reasonsWith(1)).toEqual(['reasons: 2 repeats are laid to 1 lost answers of SNS']);
  });

  test('one answer was lost, of a milder verdict and of the correction that follow', () => {
    const books = openBooks();
    books.published('first', 'a', 'HIGH', 'lost');
    for (const severity of ['LOW', 'HIGH'] as const) {
      books.published('second', 'a', severity, 'heard');
      books.recorded('second', 'a', severity);
    }
    const { excused, unexcused } = books.doubled();
    expect(excused['the answer of SNS was lost']).toBe(1);
    expect(unexcused).toEqual([]);
  });

  test('the table refused the record, and took that of a milder verdict of the same process', () => {
    const books = openBooks();
    books.published('first', 'a', 'HIGH', 'heard');
    books.notRecorded('first', 'a', 'HIGH');
    books.published('first', 'a', 'LOW', 'heard');
    books.recorded('first', 'a', 'LOW');
    books.published('second', 'a', 'HIGH', 'heard');
    const { excused, unexcused } = books.doubled();
    expect(excused['the record could not be written']).toBe(1);
    expect(unexcused).toEqual([]);
  });

  test('the table refused the record', () => {
    expect(told((books) => books.notRecorded('first', 'a', 'HIGH')).excused).toEqual([
      'the record could not be written',
    ]);
  });

  test.each<[string, (books: ReturnType<typeof openBooks>) => void]>([
    ['nothing went wrong', () => undefined],
    ['another invocation was killed', (books) => books.killed('another', 'elsewhere')],
    [
      'the table refused the record of a milder verdict',
      (books) => {
        books.notRecorded('first', 'a', 'LOW');
      },
    ],
    [
      'it was killed after it was recorded',
      (books) => {
        books.recorded('first', 'a', 'HIGH');
        books.killed('first', 'after the record');
      },
    ],
  ])('not where %s', (_, between) => {
    const { excused, unexcused } = told(between);
    expect(excused).toEqual([]);
    expect(unexcused).toEqual([expect.stringMatching(/^a \(HIGH by first: /)]);
  });

  test('and one that is worse than was told is told again without any', () => {
    const books = openBooks();
    books.published('first', 'a', 'HIGH', 'heard');
    books.recorded('first', 'a', 'HIGH');
    books.published('second', 'a', 'CRITICAL', 'heard');
    expect(books.doubled().unexcused).toEqual([]);
  });
});
