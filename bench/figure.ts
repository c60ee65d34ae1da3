/** One line of the bench's table. */
export interface Figure {
  /** Where the line answers a goal. Several lines may: the worst of them is the goal's figure. */
  readonly goal?: GoalId;
  readonly what: string;
  readonly value: number;
  /** @default - a ratio */
  readonly unit?: 'ms' | 'µs' | 's' | 'MB' | 'cases';
  readonly target?: Target;
  /** What the value alone does not say. */
  readonly note?: string;
}

/** The bound a value must keep. */
export interface Target {
  readonly atMost?: number;
  readonly atLeast?: number;
}

/** What must stay true, by goal. `O` is what is shipped, `I` gunzip alone, `B` gunzip with JSON.parse and a filter. */
const GOALS = {
  G1: { what: 'time O / I, no hit, 1 to 50 MB', target: { atMost: 1.1 } },
  G1b: { what: 'time O / I, no hit, 50 KB', target: { atMost: 1.2 } },
  G2: { what: 'time B / O, no hit', target: { atLeast: 3 } },
  G2b: { what: 'time async B / O, no hit', target: { atLeast: 3.3 } },
  G3: { what: 'time O / B, 1 % es', target: { atMost: 1.1 } },
  G4: { what: 'growth of peak memory O / B, 50 MB, no hit', target: { atMost: 0.25 } },
  G4b: { what: 'growth of peak memory O / B, 50 MB, 1 % es', target: { atMost: 0.33 } },
  G4c: { what: 'JavaScript heap that 50 MB with 1 % es needs', target: { atMost: 32 } },
  G5: { what: 'time O / B, adversarial files', target: { atMost: 2 } },
  G6: { what: 'wrong answers and missed mutants in the fuzz', target: { atMost: 0 } },
  G7: { what: 'load time of the bundle / default eager bundle', target: { atMost: 0.65 } },
  G8: { what: 'time of 100 objects, in one invocation / one at a time', target: { atMost: 0.16 } },
  G8b: { what: 'peak memory of 24 x 10 MB, inflating in turn / at once', target: { atMost: 0.65 } },
} as const satisfies Record<string, { readonly what: string; readonly target: Target }>;

export type GoalId = keyof typeof GOALS;

const targetOf = ({ goal, target }: Figure): Target | undefined => target ?? (goal && GOALS[goal].target);

export function isMet(figure: Figure): boolean {
  const { atMost = Infinity, atLeast = -Infinity } = targetOf(figure) ?? {};
  return figure.value <= atMost && figure.value >= atLeast;
}

/** A line for each goal that was measured: its worst. */
export function worstOf(figures: readonly Figure[]): Figure[] {
  return (Object.keys(GOALS) as GoalId[]).flatMap((goal) => {
    const { what, target }: { what: string; target: Target } = GOALS[goal];
    const isBetter = (a: Figure, b: Figure): number =>
      target.atLeast === undefined ? b.value - a.value : a.value - b.value;
    const [worst] = figures.filter((figure) => figure.goal === goal).sort(isBetter);
    return worst === undefined ? [] : [{ ...worst, what }];
  });
}

/** The figure of each goal that was measured. */
export function byGoal(figures: readonly Figure[]): Readonly<Partial<Record<GoalId, number>>> {
  return Object.fromEntries(worstOf(figures).map(({ goal, value }) => [goal, Number(value.toFixed(3))]));
}

export function toTable(figures: readonly Figure[]): string {
  const rows = figures.map((figure) => {
    const { atMost, atLeast } = targetOf(figure) ?? {};
    const bound = atMost !== undefined ? `<= ${atMost}` : atLeast !== undefined ? `>= ${atLeast}` : '';
    const value = figure.unit === undefined ? figure.value.toFixed(2) : `${round(figure.value)} ${figure.unit}`;
    return [
      figure.goal ?? '',
      figure.what,
      value,
      bound,
      bound && (isMet(figure) ? 'ok' : 'MISSED'),
      figure.note ?? '',
    ];
  });
  const table = [['goal', 'what', 'median', 'target', '', ''], ...rows];
  const widths = [0, 1, 2, 3, 4].map((column) => Math.max(...table.map((row) => (row[column] ?? '').length)));
  return table
    .map((row) =>
      row
        .map((cell, column) => pad(cell, widths[column] ?? 0, column === 2))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

const pad = (cell: string, width: number, right: boolean): string =>
  right ? cell.padStart(width) : cell.padEnd(width);

const round = (value: number): string =>
  value >= 100 || Number.isInteger(value) ? value.toFixed(0) : value.toPrecision(3);
