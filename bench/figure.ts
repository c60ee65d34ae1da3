/** One line of the bench's table. */
export interface Figure {
  /** Where the line answers a goal. Several lines may: the worst of them is the goal's figure. */
  readonly goal?: GoalId;
  readonly what: string;
  /** A median. */
  readonly value: number;
  /** The least and the most it was. @default - it was measured once */
  readonly range?: readonly [least: number, most: number];
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

interface Goal {
  readonly what: string;
  /** By major version of Node.js where it differs: from 24 on JSON is parsed faster. */
  readonly target: Target | ((major: number) => Target);
}

/** What must stay true, by goal. `O` is what is shipped, `I` gunzip alone, `B` gunzip with JSON.parse and a filter. */
const GOALS = {
  G1: { what: 'time O / I, no hit, 1 to 50 MB', target: { atMost: 1 } },
  G1m: { what: 'time O / I, no hit, 1 to 50 MB, the median', target: { atMost: 0.95 } },
  G1b: { what: 'time O / I, no hit, 50 KB', target: { atMost: 1.1 } },
  G1c: { what: 'time O / I, no hit, compressed 14:1 or of a busy account', target: { atMost: 1.05 } },
  G2: { what: 'time B / O, no hit', target: (major) => ({ atLeast: major >= 24 ? 2.6 : 3 }) },
  G2b: { what: 'time async B / O, no hit', target: { atLeast: 3.3 } },
  G3: { what: 'time O / B, 1 % es', target: { atMost: 0.8 } },
  G3b: { what: 'time O / I, 1 % es, 1 to 50 MB', target: { atMost: 2 } },
  G3c: { what: 'processor time of scan, JSON, 1 % es / gunzip, JSON.parse and a filter alone', target: { atMost: 1 } },
  G4: { what: 'growth of peak memory O / B, 50 MB, no hit', target: { atMost: 0.25 } },
  G4b: { what: 'growth of peak memory O / B, 50 MB, 1 % es', target: { atMost: 0.33 } },
  G4c: { what: 'JavaScript heap that 50 MB with 1 % es needs', target: { atMost: 32 } },
  G5: { what: 'time O / B, adversarial files', target: { atMost: 2 } },
  G6: { what: 'wrong answers and missed mutants in the fuzz', target: { atMost: 0 } },
  G7: { what: 'load time of the bundle / default eager bundle', target: { atMost: 0.65 } },
  G7c: { what: 'load time of the bundle / the client of S3 alone', target: { atMost: 1 } },
  G8: { what: 'time of 100 objects, in one invocation / one at a time', target: { atMost: 0.16 } },
  G8b: { what: 'peak memory of 24 x 10 MB, inflating in turn / at once', target: { atMost: 0.65 } },
  G9: { what: 'processor time of scan / zcat', target: (major) => (major >= 24 ? { atMost: 1 } : {}) },
  G9b: { what: 'time of a scan on one core / on two, above 200 MB', target: { atLeast: 1.6 } },
} as const satisfies Record<string, Goal>;

export type GoalId = keyof typeof GOALS;

export const GOAL_IDS = Object.keys(GOALS) as readonly GoalId[];

const MAJOR = Number.parseInt(process.versions.node, 10);

/** @param major of the Node.js the figure is of */
function targetOf({ goal, target }: Pick<Figure, 'goal' | 'target'>, major = MAJOR): Target | undefined {
  const wanted: Goal['target'] | undefined = target ?? (goal && GOALS[goal].target);
  return typeof wanted === 'function' ? wanted(major) : wanted;
}

export function isMet(figure: Pick<Figure, 'goal' | 'target' | 'value'>, major?: number): boolean {
  const { atMost = Infinity, atLeast = -Infinity } = targetOf(figure, major) ?? {};
  return figure.value <= atMost && figure.value >= atLeast;
}

/** `<= 0.95`, or nothing. */
export function boundOf(figure: Pick<Figure, 'goal' | 'target'>, major?: number): string {
  const { atMost, atLeast } = targetOf(figure, major) ?? {};
  return atMost !== undefined ? `<= ${atMost}` : atLeast !== undefined ? `>= ${atLeast}` : '';
}

export const whatOf = (goal: GoalId): string => GOALS[goal].what;

/** A line for each goal that was measured: its worst. */
export function worstOf(figures: readonly Figure[]): Figure[] {
  return GOAL_IDS.flatMap((goal) => {
    const isMore = targetOf({ goal })?.atLeast === undefined;
    const [worst] = figures
      .filter((figure) => figure.goal === goal)
      .toSorted((a, b) => (isMore ? b.value - a.value : a.value - b.value));
    return worst === undefined ? [] : [{ ...worst, what: whatOf(goal), note: noteOf(worst) }];
  });
}

/** The figure of each goal that was measured. */
export function byGoal(figures: readonly Figure[]): Readonly<Partial<Record<GoalId, number>>> {
  return Object.fromEntries(worstOf(figures).map(({ goal, value }) => [goal, Number(value.toFixed(3))]));
}

const noteOf = ({ what, note }: Figure): string => [what, note].filter(Boolean).join(': ');

export function toTable(figures: readonly Figure[]): string {
  const rows = figures.map((figure) => {
    const bound = boundOf(figure);
    return [
      figure.goal ?? '',
      figure.what,
      shown(figure.value, figure.unit),
      figure.range ? figure.range.map((end) => shown(end, figure.unit)).join(' - ') : '',
      bound,
      bound && (isMet(figure) ? 'ok' : 'MISSED'),
      figure.note ?? '',
    ];
  });
  return inColumns([['goal', 'what', 'median', 'range', 'target', '', ''], ...rows]);
}

/** Cells in columns as wide as their widest. */
export function inColumns(rows: readonly (readonly string[])[]): string {
  const columns = Math.max(...rows.map((row) => row.length));
  const widths = Array.from({ length: columns - 1 }, (_, column) =>
    Math.max(...rows.map((row) => (row[column] ?? '').length)),
  );
  return rows
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

const shown = (value: number, unit: Figure['unit']): string =>
  unit === undefined ? value.toFixed(2) : `${round(value)} ${unit}`;

const round = (value: number): string =>
  value >= 100 || Number.isInteger(value) ? value.toFixed(0) : value.toPrecision(3);
