import { h, render, type ComponentChild } from 'preact';
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { Calls } from './calls';
import { data, rows } from './data';
import {
  CHOICES,
  filtered,
  isFiltered,
  LIST_FILTERS,
  NO_FILTERS,
  readAddress,
  severityOf,
  writeAddress,
  type Filters,
  type ListFilter,
} from './filters';
import { Timeline } from './timeline';

const COUNTS = new Map<string, number>();
for (const row of rows) COUNTS.set(severityOf(row), (COUNTS.get(severityOf(row)) ?? 0) + 1);

function Page(): ComponentChild {
  const [filters, setFilters] = useState(readAddress);
  const search = useRef<HTMLInputElement>(null);
  const shown = useMemo(() => filtered(filters), [filters]);

  function change(changes: Partial<Filters>): void {
    const next = { ...filters, ...changes };
    writeAddress(next);
    setFilters(next);
  }

  useEffect(() => {
    const onAddress = (): void => setFilters(readAddress());
    addEventListener('hashchange', onAddress);
    return () => removeEventListener('hashchange', onAddress);
  }, []);
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      const target = event.target as HTMLElement;
      const isTyping = /^(INPUT|SELECT|TEXTAREA)$/.test(target.tagName);
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      if (event.key === 'Escape' && isTyping) target.blur();
      if (isTyping) return;
      if (event.key === '/') {
        event.preventDefault();
        search.current?.focus();
      }
      if (event.key === 'j' || event.key === 'k') walk(event.key === 'j' ? 1 : -1);
      if (event.key === 'x') change(NO_FILTERS);
    };
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  });

  return h(
    'div',
    null,
    h(
      'header',
      null,
      h('h1', null, 'Configuration calls'),
      h(
        'p',
        { class: 'span' },
        `${data.from === null ? 'No calls' : momentOf(data.from)}${data.to === null ? '' : ` to ${momentOf(data.to)} UTC`}, ${counted(data.domains.length, 'domain')}, ${counted(data.read, 'file')}`,
      ),
      h(
        'div',
        { class: 'severities', role: 'group', 'aria-label': 'Severity' },
        CHOICES.severity.map((severity) =>
          h(
            'button',
            {
              key: severity,
              type: 'button',
              class: severity,
              'aria-pressed': filters.severity.includes(severity),
              onClick: () => change({ severity: toggled(filters.severity, severity) }),
            },
            h('b', null, COUNTS.get(severity) ?? 0),
            ` ${severity === 'NONE' ? 'unjudged' : severity.toLowerCase()}`,
          ),
        ),
      ),
    ),
    h(
      'form',
      { class: 'filters', role: 'search', onSubmit: (event: Event) => event.preventDefault() },
      h(
        'label',
        null,
        'Search',
        h('input', {
          ref: search,
          type: 'search',
          value: filters.search,
          placeholder: 'words of a call ( / )',
          onInput: (event: Event) => change({ search: (event.currentTarget as HTMLInputElement).value }),
        }),
      ),
      LIST_FILTERS.filter((name) => name !== 'severity').map((name) =>
        h(Select, { key: name, name, chosen: filters[name], onChange: (values) => change({ [name]: values }) }),
      ),
      (['from', 'to'] as const).map((name) =>
        h(
          'label',
          { key: name },
          name === 'from' ? 'From (UTC)' : 'To (UTC)',
          h('input', {
            type: 'datetime-local',
            value: filters[name],
            onInput: (event: Event) => change({ [name]: (event.currentTarget as HTMLInputElement).value }),
          }),
        ),
      ),
      isFiltered(filters) ? h('button', { type: 'button', onClick: () => change(NO_FILTERS) }, 'Clear ( x )') : null,
    ),
    h('p', { class: 'count', role: 'status' }, `${shown.length} of ${rows.length} calls`),
    data.unread.length > 0
      ? h(
          'section',
          { class: 'unread' },
          h('h2', null, 'Not read'),
          h(
            'ul',
            null,
            data.unread.map(({ name, why }) => h('li', { key: name }, h('code', null, name), `: ${why}`)),
          ),
        )
      : null,
    h(Open, { filters }),
    h(Timeline, {
      shown,
      onRange: (from, to) => change({ from, to }),
      onDomain: (name) => change({ domain: toggled(filters.domain, name) }),
    }),
    h(Calls, { key: JSON.stringify(filters), shown }),
    h(
      'footer',
      null,
      h(
        'p',
        null,
        `${data.product}. Keys: / search, j and k next and previous call, Enter opens it, x clears the filters.`,
      ),
    ),
  );
}

/** As many are told at once. */
const MOST_OPEN = 5;

/** How long domains stood open, of the domains that are looked at: first those that still do, then the latest. */
function Open({ filters }: { readonly filters: Filters }): ComponentChild {
  const domains = data.domains.filter(({ name }) => filters.domain.length === 0 || filters.domain.includes(name));
  const open = domains
    .flatMap(({ exposures }) => exposures.filter(({ isOpen }) => isOpen))
    .toSorted((a, b) => Number(b.to === null) - Number(a.to === null) || ((b.from ?? '') < (a.from ?? '') ? -1 : 1));
  if (open.length === 0) return null;
  const list = (some: typeof open) =>
    h(
      'ul',
      null,
      some.map(({ sentence, to }, at) => h('li', { key: at, class: to === null ? 'now' : '' }, sentence)),
    );
  return h(
    'section',
    { class: 'exposures' },
    h('h2', null, 'Open to others'),
    list(open.slice(0, MOST_OPEN)),
    open.length > MOST_OPEN
      ? h(
          'details',
          null,
          h('summary', null, `and ${open.length - MOST_OPEN} more times`),
          list(open.slice(MOST_OPEN, MOST_LISTED)),
          open.length > MOST_LISTED
            ? h('p', null, `and ${open.length - MOST_LISTED} more: choose a domain or a time to see them`)
            : null,
        )
      : null,
  );
}

const MOST_LISTED = 1000;

interface SelectProps {
  readonly name: ListFilter;
  readonly chosen: readonly string[];
  readonly onChange: (values: readonly string[]) => void;
}

function Select({ name, chosen, onChange }: SelectProps): ComponentChild {
  const choices = CHOICES[name];
  const isMany = chosen.length > 1;
  return h(
    'label',
    null,
    `${name.charAt(0).toUpperCase()}${name.slice(1)}`,
    h(
      'select',
      {
        value: isMany ? '\u0000' : (chosen[0] ?? ''),
        onChange: (event: Event) => {
          const { value } = event.currentTarget as HTMLSelectElement;
          onChange(value === '' ? [] : [value]);
        },
      },
      h('option', { value: '' }, `all (${choices.length})`),
      isMany ? h('option', { value: '\u0000', disabled: true }, `${chosen.length} chosen`) : null,
      choices.map((choice) => h('option', { key: choice, value: choice }, choice)),
    ),
  );
}

/** To the minute. */
const momentOf = (time: string): string => time.slice(0, 16).replace('T', ' ');

const counted = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;

const toggled = (values: readonly string[], value: string): readonly string[] =>
  values.includes(value) ? values.filter((each) => each !== value) : [...values, value];

/** The next call, or the one before, gets the focus. */
function walk(by: 1 | -1): void {
  const all = [...document.querySelectorAll<HTMLElement>('.call summary')];
  const at = all.findIndex((summary) => summary === document.activeElement);
  (all[at === -1 ? 0 : at + by] ?? all[at])?.focus();
}

/** Nothing can be unfolded on paper. */
addEventListener('beforeprint', () => {
  for (const folded of document.querySelectorAll<HTMLDetailsElement>('.exposures details')) folded.open = true;
});

const root = document.getElementById('page');
if (root) {
  root.textContent = '';
  render(h(Page, null), root);
}
