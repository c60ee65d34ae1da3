import type { Console } from '../../cli/console';
import { progressOn } from '../../cli/progress';

/** What is shown of work that does one thing every `pause` milliseconds. */
function shownFor(things: number, pause: number, console: Partial<Console> = {}): string {
  let err = '';
  let now = 0;
  const whole: Console = { out: () => {}, err: (text) => (err += text), isInteractive: true, ...console };
  const progress = progressOn(whole, 'files', things, () => now);
  for (let done = 1; done <= things; done++) {
    now += pause;
    progress.show(done);
  }
  progress.clear();
  return err;
}

test('is one line that overwrites itself once a second, and is gone at the end', () => {
  expect(shownFor(30, 100)).toBe('\r10 of 30 files\r20 of 30 files\r30 of 30 files\r\u001b[K');
});

test('is once a second however many things are done', () => {
  expect(shownFor(20_000, 0.25).split('\r')).toHaveLength(1 + 5 + 1);
});

test.each([
  ['work that is done within a second', 9, {}],
  ['nobody who watches', 30, { isInteractive: false }],
  ['somebody who asked for quiet', 30, { loudness: 'quiet' }],
] as const)('is nothing for %s', (_, things, console) => {
  expect(shownFor(things, 100, console)).toBe('');
});
