import { readFileSync } from 'node:fs';
import path from 'node:path';
import { REPOSITORY } from './child-process';
import {
  A_MILLION_CALLS,
  A_MILLION_CHECKED,
  A_MILLION_DIGESTS,
  A_MILLION_LOG_FILES,
  CHAINS_OF_MANY,
  COUNTED,
  FLAT,
  looksAtChains,
  NEW_TRAIL,
  PRICES,
  PRICES_OF,
  sizeOf,
  sumOf,
  type Cost,
} from './costs';

const dollars = (amount: number): string =>
  amount >= 100 ? Math.round(amount).toLocaleString('en') : amount.toFixed(2);

const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');

/** Each line, and their sum. */
const sum = (costs: readonly Cost[], unit: string): string =>
  table(
    ['item', 'basis', unit],
    [
      ...costs.map((cost) => [cost.item, cost.basis, dollars(sumOf([cost]))]),
      ['**together**', '', `**${dollars(sumOf(costs))}**`],
    ],
  );

const priceOf = (price: number): string => (price < 0.001 ? `${dollars(price * 1e6)} per million` : String(price));

/** The tables, by the name of their place in the page. */
const TABLES: Readonly<Record<string, () => string>> = {
  prices: () =>
    `As of ${PRICES_OF}:\n\n${table(
      ['of', '$'],
      Object.entries(PRICES).map(([unit, price]) => [unit, priceOf(price)]),
    )}`,
  files: () => sum(A_MILLION_LOG_FILES, '$'),
  checked: () => sum(A_MILLION_CHECKED, '$ per million log files'),
  digests: () => sum(A_MILLION_DIGESTS, '$ per million digests'),
  chains: () => sum(looksAtChains(CHAINS_OF_MANY), '$ a month, of 5,000 accounts'),
  calls: () =>
    table(
      ['a call that', 'requests to the table', 'write units', 'read units', '$ per million'],
      Object.entries(COUNTED.table).map(([name, { requests, writes, reads }]) => [
        CALLS[name as keyof typeof CALLS],
        ...[requests, writes, reads].map(String),
        dollars(sumOf(A_MILLION_CALLS[name as keyof typeof CALLS])),
      ]),
    ),
  flat: () => sum(FLAT, '$ a month'),
  trail: () => sum(NEW_TRAIL, '$ a month and account'),
  sizes: () =>
    table(
      ['accounts', 'files a month', 'files', 'calls', 'flat', 'together', 'completeness', 'EventBridge'],
      [1, 100, 5000]
        .map(sizeOf)
        .map((size) => [
          size.accounts.toLocaleString('en'),
          `${(size.files / 1e6).toFixed(size.files < 1e6 ? 2 : 0)} million`,
          ...[size.reading, size.calls, size.flat].map(dollars),
          `**${dollars(size.together)}**`,
          ...[size.completeness, size.eventBridge].map((more) => `+ ${dollars(more)}`),
        ]),
    ),
};

const CALLS = {
  update: 'updates a domain, and is told with one e-mail',
  reapplied: 'sets what is set already, and is not told',
  denied: 'was denied, and is told with one e-mail',
  'delivered again': 'is delivered again',
} as const;

/** docs/cost.md, with its tables as the code has them. The words around them are written by hand. */
export function costPage(): string {
  const page = readFileSync(path.join(REPOSITORY, 'docs', 'cost.md'), 'utf8');
  const place =
    /(<!-- prettier-ignore-start -->\n<!-- (\w+): of local\/costs\.ts -->\n)[^]*?(<!-- prettier-ignore-end -->)/g;
  return page.replace(place, (_, start: string, name: string, end: string) => {
    const printed = TABLES[name];
    if (!printed) throw new Error(`docs/cost.md has a place for ${name}; allowed: ${Object.keys(TABLES).join(', ')}`);
    return `${start}\n${printed()}\n\n${end}`;
  });
}
