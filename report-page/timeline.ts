import { scaleUtc } from 'd3-scale';
import { h, type ComponentChild } from 'preact';
import { useMemo } from 'preact/hooks';
import { data, rows, type PageDomain, type PageExposure, type Row } from './data';
import { severityOf, SEVERITIES } from './filters';

const WIDTH = 1000;
const HEIGHT = 34;
const LABELS = 22;

/** From the first to the last time that anything is known of. */
const EXTENT: readonly [number, number] = (() => {
  const times = [
    ...data.domains.flatMap(({ exposures }) => exposures.flatMap(({ from, to }) => [from, to])),
    data.from,
    data.to,
  ].flatMap((time) => (time === null ? [] : [Date.parse(time)]));
  const first = times.reduce((least, time) => Math.min(least, time), Number.POSITIVE_INFINITY);
  const last = times.reduce((most, time) => Math.max(most, time), Number.NEGATIVE_INFINITY);
  const room = Math.max((last - first) * 0.02, 60_000);
  return Number.isFinite(first) ? [first - room, last + room] : [0, 1];
})();

interface TimelineProps {
  readonly shown: readonly Row[];
  readonly onRange: (from: string, to: string) => void;
  readonly onDomain: (name: string) => void;
}

/** A strip for each domain that has calls in sight: its exposure as a band, its calls as marks. */
export function Timeline({ shown, onRange, onDomain }: TimelineProps): ComponentChild {
  const first = shown[0]?.time ?? EXTENT[0];
  const last = shown.at(-1)?.time ?? EXTENT[1];
  const isAll = shown.length === rows.length || shown.length === 0;
  const room = Math.max((last - first) * 0.02, 60_000);
  const scale = scaleUtc(isAll ? [...EXTENT] : [first - room, last + room], [0, WIDTH]);
  const byDomain = new Map<PageDomain, Row[]>();
  for (const row of shown) {
    if (!row.domain) continue;
    const list = byDomain.get(row.domain);
    if (list) list.push(row);
    else byDomain.set(row.domain, [row]);
  }
  const inOrder = data.domains.filter((domain) => byDomain.has(domain));
  const strips = inOrder.slice(0, MOST_STRIPS);
  const ticks = scale.ticks(6);
  const format = scale.tickFormat(6);
  return h(
    'section',
    { class: 'timeline', 'aria-label': 'Timeline by domain' },
    h(
      'div',
      { class: 'axis', 'aria-hidden': 'true' },
      h('span', { class: 'name' }),
      h(
        'svg',
        { viewBox: `0 0 ${WIDTH} ${LABELS}`, preserveAspectRatio: 'none' },
        ticks.map((tick) => h('line', { x1: scale(tick), x2: scale(tick), y1: LABELS - 5, y2: LABELS })),
      ),
      h(
        'div',
        { class: 'ticks' },
        ticks.map((tick) =>
          h('span', { key: tick.getTime(), style: { left: `${(scale(tick) / WIDTH) * 100}%` } }, format(tick)),
        ),
      ),
    ),
    strips.map((domain) =>
      h(Strip, {
        key: `${domain.account}/${domain.region}/${domain.name}`,
        domain,
        calls: byDomain.get(domain) ?? [],
        scale,
        onRange,
        onDomain,
      }),
    ),
    inOrder.length > strips.length
      ? h('p', { class: 'more' }, `and ${inOrder.length - strips.length} more domains: filter to see them`)
      : null,
    strips.length > 0 ? legend() : null,
  );
}

const MOST_STRIPS = 60;

/** What the bands mean, by the classes they are drawn with. */
const BANDS = [
  ['open', 'open to others'],
  ['public', 'open to others who sign in'],
  ['', 'open to its own account at most'],
  ['unknown', 'not known'],
] as const;

const legend = (): ComponentChild =>
  h(
    'p',
    { class: 'legend' },
    BANDS.map(([name, means]) =>
      h(
        'span',
        { key: means },
        h(
          'svg',
          { viewBox: '0 0 22 10', 'aria-hidden': 'true' },
          h('rect', { class: `band ${name}`, width: 22, height: 10 }),
        ),
        means,
      ),
    ),
  );

interface StripProps {
  readonly domain: PageDomain;
  readonly calls: readonly Row[];
  readonly scale: ReturnType<typeof scaleUtc<number>>;
  readonly onRange: TimelineProps['onRange'];
  readonly onDomain: TimelineProps['onDomain'];
}

/** Times that a domain stood open, read out with its strip. */
const MOST_TOLD = 5;

function Strip({ domain, calls, scale, onRange, onDomain }: StripProps): ComponentChild {
  const open = domain.exposures.filter(({ isOpen }) => isOpen);
  const description = [
    `${calls.length} calls`,
    ...open.slice(0, MOST_TOLD).map(({ sentence }) => sentence),
    ...(open.length > MOST_TOLD ? [`and ${open.length - MOST_TOLD} more times open`] : []),
  ].join('; ');
  // The same as long as the times are: a filter by severity draws no band anew.
  const bands = useMemo(() => bandsOf(domain, scale), [domain, ...scale.domain().map(Number)]);
  return h(
    'div',
    { class: 'strip' },
    h(
      'button',
      {
        class: 'name',
        type: 'button',
        title: `${domain.name}, ${domain.account}, ${domain.region}`,
        onClick: () => onDomain(domain.name),
      },
      domain.name,
    ),
    h(
      'svg',
      {
        viewBox: `0 0 ${WIDTH} ${HEIGHT}`,
        preserveAspectRatio: 'none',
        role: 'img',
        'aria-label': `${domain.name}: ${description}`,
        ...dragging(scale, onRange),
      },
      h('rect', { class: 'ground', x: 0, y: 8, width: WIDTH, height: HEIGHT - 16 }),
      bands,
      marksOf(calls, scale),
    ),
  );
}

/** Bands narrower than this, of the width of a strip, are drawn once for all that lie so close. */
const NARROW = 3;

/** The worse, the higher: what is drawn where several bands fall into one place. */
const worstOf = ({ isOpen, exposure }: PageExposure): number =>
  isOpen ? 3 : exposure === 'unknown' ? 1 : exposure === 'same-account' || exposure === 'none' ? 0 : 2;

function bandsOf({ exposures }: PageDomain, scale: StripProps['scale']): readonly ComponentChild[] {
  const [left, right] = scale.range() as [number, number];
  const bands = new Map<string, { readonly of: PageExposure; readonly x: number; readonly width: number }>();
  for (const [at, of] of exposures.entries()) {
    const x1 = Math.max(left, of.from === null ? left : scale(new Date(of.from)));
    const x2 = Math.min(right, of.to === null ? right : scale(new Date(of.to)));
    if (x2 < left || x1 > right) continue;
    const isNarrow = x2 - x1 < NARROW;
    const key = isNarrow ? `near ${Math.floor(x1 / NARROW)}` : `${at}`;
    const known = bands.get(key);
    if (known === undefined || worstOf(of) > worstOf(known.of))
      bands.set(key, { of, x: x1, width: isNarrow ? Math.max(x2 - x1, 2) : x2 - x1 });
  }
  // What is narrow lies on top: an hour in a year is what somebody looks for.
  return [...bands]
    .toSorted(([, a], [, b]) => b.width - a.width)
    .map(([key, { of, x, width }]) =>
      h(
        'rect',
        { key, class: `band ${of.isOpen ? 'open' : ''} ${of.exposure}`, x, y: 8, width, height: HEIGHT - 16 },
        h('title', null, of.sentence),
      ),
    );
}

/** One path for each severity, with one mark for each place on it: thousands of calls cost no more than what is seen. */
function marksOf(calls: readonly Row[], scale: StripProps['scale']): readonly ComponentChild[] {
  const places = new Map<string, Set<number>>();
  for (const row of calls) {
    const severity = severityOf(row);
    const known = places.get(severity) ?? new Set<number>();
    known.add(Math.round(scale(new Date(row.time))));
    places.set(severity, known);
  }
  return SEVERITIES.toReversed().flatMap((severity) => {
    const xs = places.get(severity);
    if (!xs) return [];
    const height = { CRITICAL: 0, HIGH: 3, MEDIUM: 6, LOW: 9, INFORMATIONAL: 11, NONE: 12 }[severity];
    return [
      h('path', {
        key: severity,
        class: `mark ${severity}`,
        d: [...xs].map((x) => `M${x} ${height}V${HEIGHT - height}`).join(''),
      }),
    ];
  });
}

/** What is drawn over is what is shown. */
function dragging(scale: StripProps['scale'], onRange: StripProps['onRange']) {
  const at = (event: PointerEvent): number => {
    const box = (event.currentTarget as Element).getBoundingClientRect();
    return ((event.clientX - box.left) / box.width) * WIDTH;
  };
  let start: number | undefined;
  return {
    onPointerDown: (event: PointerEvent) => {
      start = at(event);
    },
    onPointerUp: (event: PointerEvent) => {
      const end = at(event);
      if (start === undefined || Math.abs(end - start) < 5) return;
      const [first, last] = [start, end].toSorted((a, b) => a - b);
      const minute = (x: number): string => scale.invert(x).toISOString().slice(0, 16);
      onRange(minute(first ?? 0), minute(last ?? WIDTH));
      start = undefined;
    },
  };
}
