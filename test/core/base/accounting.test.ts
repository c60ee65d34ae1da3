import { EQUATIONS, imbalanceOf, METRICS } from '../../../core/base/accounting';

test('every count but those that are part of another, or of what is checked once more, is in an equation, once as a part', () => {
  const parts = EQUATIONS.flatMap((equation) => equation.parts);
  expect(new Set(parts).size).toBe(parts.length);
  const counted = new Set([...parts, ...EQUATIONS.map(({ whole }) => whole)]);
  expect(Object.keys(METRICS).filter((name) => !counted.has(name as keyof typeof METRICS))).toEqual([
    'DigestsFollowed',
    'LogFilesChecked',
    'LogFilesMissing',
    'LogFilesAltered',
    'AlertsRecovered',
    'AlertsUnrecorded',
    'WatchedAlertsUnrecorded',
  ]);
});

test.each(EQUATIONS)(
  '$whole is the sum of its parts: one more is told as one too many, one less as one too few',
  (equation) => {
    const { whole, parts } = equation;
    const balanced = {
      ...Object.fromEntries(parts.map((part, at) => [part, at + 1])),
      [whole]: (parts.length * (parts.length + 1)) / 2,
    };
    expect(imbalanceOf(equation, balanced)).toBe(0);
    expect(imbalanceOf(equation, { ...balanced, [whole]: (balanced[whole] ?? 0) + 1 })).toBe(1);
    for (const [at, part] of parts.entries()) expect(imbalanceOf(equation, { ...balanced, [part]: at + 2 })).toBe(-1);
  },
);

test('what is not counted is none', () => {
  for (const equation of EQUATIONS) expect(imbalanceOf(equation, {})).toBe(0);
});
