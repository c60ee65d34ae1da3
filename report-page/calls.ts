import { h, type ComponentChild } from 'preact';
import { useState } from 'preact/hooks';
import { data, detailsOf, type Row } from './data';
import { severityOf } from './filters';

/** So many are there at first, and come with each wish for more: what is there can be searched, printed and walked through. */
const AT_ONCE = 200;

export function Calls({ shown }: { readonly shown: readonly Row[] }): ComponentChild {
  const [limit, setLimit] = useState(AT_ONCE);
  const there = shown.slice(0, limit);
  return h(
    'section',
    { class: 'calls', 'aria-label': 'Calls' },
    h(
      'ol',
      null,
      there.map((row) => h(Call, { key: row.at, row })),
    ),
    shown.length > there.length
      ? [
          h(
            'button',
            { key: 'button', type: 'button', class: 'more', onClick: () => setLimit(limit + 5 * AT_ONCE) },
            `${shown.length - there.length} more calls: show the next`,
          ),
          h(
            'p',
            { key: 'paper', class: 'on-paper' },
            `and ${shown.length - there.length} more calls, which are not printed`,
          ),
        ]
      : null,
  );
}

function Call({ row }: { readonly row: Row }): ComponentChild {
  const [isOpen, setOpen] = useState(false);
  const severity = severityOf(row);
  const { call, domain } = row;
  return h(
    'li',
    { class: `call ${severity}` },
    h(
      'details',
      { onToggle: (event: Event) => setOpen((event.currentTarget as HTMLDetailsElement).open) },
      h(
        'summary',
        null,
        h('span', { class: 'severity' }, severity === 'NONE' ? '' : severity),
        h('time', { dateTime: call.time }, call.time.replace('T', ' ').replace('Z', '')),
        h('span', { class: 'domain' }, domain?.name ?? ''),
        h('span', { class: 'event' }, call.event),
        h('span', { class: 'says' }, call.outcome === 'succeeded' ? call.says : `${call.outcome}: ${call.says}`),
      ),
      isOpen ? h(Details, { row }) : null,
    ),
  );
}

function Details({ row }: { readonly row: Row }): ComponentChild {
  const details = detailsOf(row);
  if (!details) return h('p', null, 'The details are not there.');
  const { sentence, facts, findings, changes, differences, restore } = details;
  return h(
    'div',
    { class: 'details' },
    h('p', null, `${sentence}.`),
    h(
      'dl',
      null,
      facts.flatMap(([label, value]) => [h('dt', null, label), h('dd', null, value)]),
    ),
    findings.map(({ rule, severity, evidence, steps, suppressed }) => {
      const told = data.rules[rule];
      return h(
        'section',
        { key: rule, class: `finding ${severity}` },
        h('h3', null, h('span', { class: 'severity' }, severity), ` ${told?.title ?? rule}`, h('code', null, rule)),
        h(
          'ul',
          null,
          evidence.map((piece) => h('li', null, piece)),
        ),
        told ? h('p', null, told.why) : null,
        told ? h('p', { class: 'advice' }, told.advice) : null,
        steps.length > 1 ? h('p', { class: 'steps' }, steps.join(' \u2192 ')) : null,
        suppressed === undefined ? null : h('p', null, `Suppressed ${suppressed}`),
      );
    }),
    changes.length > 0
      ? h(
          'ul',
          { class: 'changes' },
          changes.map((change) => h('li', null, change)),
        )
      : null,
    differences.length > 0
      ? h(
          'table',
          { class: 'differences' },
          h(
            'thead',
            null,
            h(
              'tr',
              null,
              ['Setting', 'Before', 'After'].map((title) => h('th', { scope: 'col' }, title)),
            ),
          ),
          h(
            'tbody',
            null,
            differences.map(({ setting, before, after }) =>
              h(
                'tr',
                { key: setting },
                h('th', { scope: 'row' }, setting),
                h('td', null, h('pre', null, indented(before ?? 'not known'))),
                h('td', null, h('pre', null, indented(after))),
              ),
            ),
          ),
        )
      : null,
    restore === undefined
      ? null
      : h('div', null, h('p', null, 'To set it back:'), h('pre', { class: 'command', tabIndex: 0 }, restore)),
  );
}

/** A policy in lines; anything else as it is. */
function indented(text: string): string {
  if (!/^\s*[[{]/.test(text)) return text;
  try {
    return JSON.stringify(JSON.parse(text), undefined, 2);
  } catch {
    return text;
  }
}
