import { counted } from '../../core/base/counted';
import { plain, wrapped } from '../../core/base/plain-text';
import type { ChainBreak } from '../../core/digest';
import type { Console } from '../console';
import { isTampering, type Verified, type VerifiedChain } from '../verify/verified';
import { colorsOn } from './colors';

const WIDTH = 100;

/** Lines of one kind; the others are in the JSON. */
const MOST_LINES = 20;

/** What is proved of each chain, what stands against it, and all of it in one line. */
export function verifiedText(verified: Verified, console: Console): string {
  const color = colorsOn(console);
  const { chains, unlisted } = verified;
  const against = (label: string, texts: readonly string[], isBad = true): readonly string[] => [
    ...texts.slice(0, MOST_LINES).map((text) => {
      const line = wrapped(plain(text, 2000), WIDTH, `  ${label.padEnd(9)}`);
      return isBad ? color('CRITICAL', line) : line;
    }),
    ...(texts.length > MOST_LINES
      ? [`  ${' '.repeat(9)}and ${texts.length - MOST_LINES} more; --format json has all`]
      : []),
  ];
  return [
    ...chains.flatMap((one) => [
      `${titleOf(one)}: ${claimOf(one)}`,
      ...against(
        'MISSING',
        one.missing.map(({ bucket, key }) => `log file s3://${bucket}/${key}`),
      ),
      ...against(
        'ALTERED',
        one.altered.map(
          ({ seen: { name, hash } }) => `log file ${name}${hash === undefined ? ' cannot be inflated whole' : ''}`,
        ),
      ),
      ...against('BROKEN', one.chain.breaks.filter(isTampering).map(breakText)),
      ...against('BROKEN', startText(one)),
      ...against('ENDED', endText(one)),
      ...against(
        'MOVED',
        one.moved.map((name) => `digest ${name} lies elsewhere than it says`),
      ),
      ...against(
        'FORGED',
        one.signatures.wrong.map(({ name, why }) => `digest ${name}: ${why}`),
      ),
      ...against('ANEW', one.chain.breaks.filter((each) => !isTampering(each)).map(breakText), false),
    ]),
    ...against(
      'UNLISTED',
      unlisted.map((name) => `log file ${name} is in no digest: a trail without digests wrote it, or somebody else`),
    ),
    signaturesText(verified),
    totalOf(verified),
    '',
  ].join('\n');
}

const titleOf = ({ chain: { account, region, trail, isBackfill } }: VerifiedChain): string =>
  `${account} ${region} ${plain(trail, 130)}${isBackfill ? ', backfill' : ''}`;

/** `12 of 12 log files read, chain of 24 digests unbroken from … to …`. */
function claimOf(one: VerifiedChain): string {
  const { chain, intact, listed } = one;
  return `${read(intact.length, listed)}, chain of ${counted(chain.digests.length, 'digest')} ${stateOf([one])} ${spanOf([one])}`;
}

const read = (intact: number, listed: number): string => `${intact} of ${counted(listed, 'log file')} read`;

function stateOf(chains: readonly VerifiedChain[]): string {
  const breaks = chains.flatMap(({ chain }) => chain.breaks);
  const isBroken = breaks.some(isTampering) || chains.some(({ startsLate, endsEarly }) => startsLate || endsEarly);
  return isBroken ? 'broken' : breaks.length > 0 ? 'begun anew' : 'unbroken';
}

function spanOf(chains: readonly VerifiedChain[]): string {
  const starts = chains.map(({ chain }) => chain.digests[0].start).sort();
  const ends = chains.map(({ chain }) => chain.digests.at(-1)?.end ?? '').sort();
  return `from ${starts[0] ?? ''} to ${ends.at(-1) ?? ''}`;
}

function breakText({ kind, digest, previous, gap }: ChainBreak): string {
  const named = `s3://${previous?.bucket ?? ''}/${previous?.key ?? ''}`;
  const unproved = `nothing is proved of log files delivered from ${gap?.from ?? ''} to ${gap?.to ?? ''}`;
  switch (kind) {
    case 'missing':
      return `digest ${named} is not there: ${unproved}`;
    case 'altered':
      return `digest ${named} has another content than the next one says`;
    case 'loose':
      return `digest s3://${digest.bucket}/${digest.key} is none that the next one knows of`;
    case 'elsewhere':
      return `the chain goes on in ${named}: ${unproved}, unless that place is verified as well`;
    case 'began-anew':
      return `logging or validation was stopped and started again: ${unproved}`;
  }
}

function startText({ startsLate, chain: { before, digests } }: VerifiedChain): readonly string[] {
  return startsLate && before
    ? [
        `digest s3://${before.bucket}/${before.key} is not there: nothing is proved of log files delivered before ${digests[0].start}`,
      ]
    : [];
}

function endText({ endsEarly, chain: { digests } }: VerifiedChain): readonly string[] {
  return endsEarly
    ? [
        `no digest after ${digests.at(-1)?.end ?? ''}, though one comes every hour: logging or validation was stopped there, or digests were deleted`,
      ]
    : [];
}

function signaturesText({ chains, isSigned }: Verified): string {
  if (chains.length === 0) return 'No digest was found: nothing can be said.';
  if (!isSigned) {
    return 'Signatures were not checked: hashes and links alone do not show that the digests are CloudTrail\u2019s.';
  }
  const digests = chains.reduce((sum, { chain }) => sum + chain.digests.length, 0);
  const valid = chains.reduce((sum, { signatures }) => sum + signatures.valid, 0);
  const unknown = chains.flatMap(({ signatures }) => signatures.unknown);
  const [first] = unknown;
  const rest =
    first === undefined ? '' : `; that of ${unknown.length} is recorded nowhere here, as of ${plain(first, 1000)}`;
  return `${valid} of ${counted(digests, 'signature')} verified${rest}`;
}

function totalOf({ chains, unread }: Verified): string {
  const intact = chains.reduce((sum, one) => sum + one.intact.length, 0);
  const listed = chains.reduce((sum, one) => sum + one.listed, 0);
  const unreadable = unread.length === 0 ? '' : `, ${unread.length} not read`;
  if (chains.length === 0) return `0 of 0 log files read, no chain${unreadable}`;
  const all = chains.length === 1 ? 'chain' : `${chains.length} chains`;
  return `${read(intact, listed)}, ${all} ${stateOf(chains)} ${spanOf(chains)}${unreadable}`;
}

/** All there is to say, for machines. */
export function verifiedJson({ chains, unlisted, unread, isSigned }: Verified): string {
  const document = {
    chains: chains.map(({ chain, listed, intact, missing, altered, signatures, moved, startsLate, endsEarly }) => ({
      account: chain.account,
      region: chain.region,
      trail: chain.trail,
      home_region: chain.homeRegion,
      is_backfill: chain.isBackfill,
      digests: chain.digests.length,
      from: chain.digests[0].start,
      to: chain.digests.at(-1)?.end,
      state: stateOf([{ chain, listed, intact, missing, altered, signatures, moved, startsLate, endsEarly }]),
      log_files: { listed, read: intact.length },
      missing: missing.map(({ bucket, key }) => `s3://${bucket}/${key}`),
      altered: altered.map(({ listed: { bucket, key }, seen }) => ({
        log_file: `s3://${bucket}/${key}`,
        found: seen.name,
      })),
      breaks: chain.breaks.map(({ kind, digest, previous, gap }) => ({
        kind,
        digest: `s3://${digest.bucket}/${digest.key}`,
        ...(previous && { previous: `s3://${previous.bucket}/${previous.key}` }),
        ...(gap && { unproved: gap }),
      })),
      starts_late: startsLate,
      ends_early: endsEarly,
      moved,
      signatures: isSigned ? signatures : null,
    })),
    unlisted,
    unread,
    signatures_checked: isSigned,
  };
  return `${JSON.stringify(document, undefined, 2)}\n`;
}
