import type { Console } from '../../cli/console';
import { progressOn } from '../../cli/progress';

function shownFor(total: number, isInteractive: boolean): string {
  let err = '';
  const console: Console = { out: () => {}, err: (text) => (err += text), isInteractive };
  const progress = progressOn(console, total);
  for (let done = 0; done < total; done++) progress.show(done, 2);
  progress.clear();
  return err;
}

test('is one line that overwrites itself, every ten files, and is gone at the end', () => {
  expect(shownFor(21, true)).toBe(
    '\r0 of 21 files, 2 alerts\r10 of 21 files, 2 alerts\r20 of 21 files, 2 alerts\r\u001b[K',
  );
});

test.each([
  ['few files', 20, true],
  ['nobody who watches', 21, false],
])('is nothing for %s', (_, total, isInteractive) => {
  expect(shownFor(total, isInteractive)).toBe('');
});
