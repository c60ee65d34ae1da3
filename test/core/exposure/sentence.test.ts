import { durationText } from '../../../core/exposure';

test.each([
  [null, undefined],
  [0, 'less than a minute'],
  [1, '1 minute'],
  [47, '47 minutes'],
  [119, '119 minutes'],
  [120, '2 hours'],
  [312, '5 hours 12 minutes'],
  [48 * 60, '2 days'],
  [48 * 60 + 61, '2 days 1 hour'],
  [100 * 24 * 60 + 90, '100 days 2 hours'],
])('%p minutes are %p', (minutes, text) => {
  expect(durationText(minutes)).toBe(text);
});
