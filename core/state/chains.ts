import { ascii, plain, unlinked } from '../base/plain-text';
import { counted } from '../base/counted';
import type { ChainGroup, ChainNews } from '../digest';
import { MAX_TOLD, messageOf, type Message } from './message';
import type { Order } from './order';

/** Where it is said what to do. */
const SECTION = 'docs/runbook.md#no-digests';

/** Regions of an account that are named; AWS has some thirty. */
const MAX_REGIONS = 40;

/**
 * The message of chains that fell silent, or are heard again.
 * @param others how many chains are heard
 */
export function toChainMessage(
  { monitor, region }: Pick<Order, 'monitor' | 'region'>,
  { silent, again }: ChainNews,
  others: number,
): Message {
  const [groups, what] =
    silent.length > 0
      ? ([silent, 'No digests of CloudTrail'] as const)
      : ([again, 'Digests of CloudTrail again'] as const);
  const subject = ascii(`${what}: ${counted(accountsIn(groups), 'account')}, ${chainsText(groups)}, in ${monitor}`, 99);
  const news = [...toldOf(silent, silentLine), ...toldOf(again, againLine)];
  const goingOn =
    others === 0
      ? 'Of no account and region do digests come any more: look at the trail first, and at what brings its files here.'
      : `From ${counted(others, 'other chain')} digests come as ever.`;
  const why =
    'CloudTrail writes a chain of digests for each account and region that a trail logs, one an hour, also when nothing happens. ' +
    'Where none comes, calls are not logged any more, or what is logged does not get here.';
  return messageOf(subject, {
    data: {
      monitor,
      region,
      silentChains: shortOf(silent),
      chainsAgain: shortOf(again),
      counts: { silent: countOf(silent), again: countOf(again), others },
    },
    email: `${[subject, ...(silent.length > 0 ? [why] : []), ...news, goingOn, `What to do: ${SECTION}`].join('\n\n')}\n`,
    lines: [...news, goingOn],
  });
}

const countOf = (groups: readonly ChainGroup[]): number => groups.reduce((sum, { regions }) => sum + regions.length, 0);

const accountsIn = (groups: readonly ChainGroup[]): number => new Set(groups.map(({ account }) => account)).size;

/** A chain is one of an account, region and trail. */
const chainsText = (groups: readonly ChainGroup[]): string => counted(countOf(groups), 'chain');

function toldOf(groups: readonly ChainGroup[], lineOf: (group: ChainGroup) => string): readonly string[] {
  const more = groups.slice(MAX_TOLD);
  return [
    ...groups.slice(0, MAX_TOLD).map((group) => `- ${unlinked(lineOf(group))}.`),
    ...(more.length > 0 ? [`And ${counted(more.length, 'account')} more, with ${chainsText(more)}.`] : []),
  ];
}

const silentLine = (group: ChainGroup): string =>
  `account ${whereOf(group)}: no digest for ${regionsText(group)} since ${group.since}`;

const againLine = (group: ChainGroup): string =>
  `account ${whereOf(group)}: digests for ${regionsText(group)} again since ${group.since}`;

const whereOf = ({ account, trail, place }: ChainGroup): string =>
  `${plain(account, 40)}, trail ${plain(trail, 130)} in ${plain(place, 300)}`;

function regionsText({ regions }: ChainGroup): string {
  const named = regions.slice(0, MAX_REGIONS).map((region) => plain(region, 40));
  return `${named.join(', ')}${regions.length > named.length ? ` and ${regions.length - named.length} more` : ''}`;
}

const shortOf = (groups: readonly ChainGroup[]): readonly object[] =>
  groups.slice(0, MAX_TOLD).map(({ account, trail, place, regions, since }) => ({
    account: plain(account, 40),
    trail: plain(trail, 130),
    place: plain(place, 300),
    regions: regions.slice(0, MAX_REGIONS).map((region) => plain(region, 40)),
    since,
  }));
