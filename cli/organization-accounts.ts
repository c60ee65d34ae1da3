import { optional, textOf } from '../core/base/members';
import { isOwnerName, spellingsIn, spokenAs, type Account, type Settings } from '../core/settings';
import type { MemberAccount, Organization } from './sources/organization';

type Accounts = NonNullable<Settings['accounts']>;

/** What became of the accounts of a settings file. */
export interface Merged {
  /** In the order of their ids. */
  readonly accounts: Accounts;
  readonly added: readonly string[];
  readonly changed: readonly string[];
  /** In the file and no active account of the organization: kept, since their domains may still be there. */
  readonly gone: readonly string[];
  /** Accounts that have no owner, as their tag is no name that an owner may have. */
  readonly misnamed: readonly string[];
}

/**
 * The accounts of the organization, with what was written by hand beside them: names, tags, organization and unit are the
 * organization's, everything else is kept.
 * @param ownerTag the tag that names the owner of an account, where nobody has written one; written as the owner is elsewhere
 */
export function mergedWith(
  { accounts: known = {}, domains = {} }: Pick<Settings, 'accounts' | 'domains'>,
  organization: Organization,
  ownerTag: string | undefined,
): Merged {
  const active = organization.accounts.filter(({ isActive }) => isActive);
  const ids = new Set(active.map(({ id }) => id));
  const spellings = new Map(spellingsIn({ accounts: known, domains }));
  const misnamed: string[] = [];
  const ownerOf = ({ id, tags }: MemberAccount): string | undefined => {
    const before = known[id];
    const told = ownerTag === undefined ? undefined : textOf(ownMember(tags ?? before?.tags, ownerTag));
    if (before?.owner !== undefined || told === undefined) return before?.owner;
    if (!isOwnerName(told)) {
      misnamed.push(id);
      return undefined;
    }
    const spelling = spellings.get(spokenAs(told)) ?? told;
    spellings.set(spokenAs(told), spelling);
    return spelling;
  };
  const found = active.map(
    (account) => [account.id, toAccount(known[account.id], account, organization.id, ownerOf(account))] as const,
  );
  const gone = Object.keys(known).filter((id) => !ids.has(id));
  const all = [...found, ...gone.map((id) => [id, known[id] ?? {}] as const)];
  return {
    accounts: Object.fromEntries(all.toSorted(([a], [b]) => (a < b ? -1 : 1))),
    added: active.map(({ id }) => id).filter((id) => known[id] === undefined),
    changed: found.filter(([id, account]) => known[id] && !isSame(known[id], account)).map(([id]) => id),
    gone,
    misnamed,
  };
}

/** Keys of tags tell upper from lower case. */
const ownMember = (tags: Account['tags'], key: string): unknown =>
  tags !== undefined && Object.hasOwn(tags, key) ? tags[key] : undefined;

function toAccount(
  known: Account | undefined,
  { name, unit, tags }: MemberAccount,
  organization: string,
  owner: string | undefined,
): Account {
  const { subscribers, minimumSeverity, tags: before } = known ?? {};
  const told = tags ?? before ?? {};
  // In one order, so that a review sees what has changed and nothing else.
  return {
    ...optional('name', name === '' ? undefined : name),
    ...optional('owner', owner),
    ...optional('subscribers', subscribers),
    ...optional('minimumSeverity', minimumSeverity),
    ...optional('organization', organization),
    ...optional('organizationalUnit', unit === '' ? undefined : unit),
    ...(Object.keys(told).length > 0 && { tags: inOrder(told) }),
  };
}

const inOrder = (tags: Readonly<Record<string, string>>): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(tags).toSorted(([a], [b]) => (a < b ? -1 : 1)));

const isSame = (a: Account, b: Account): boolean => JSON.stringify(sorted(a)) === JSON.stringify(sorted(b));

const sorted = (account: Account): object => ({
  ...Object.fromEntries(Object.entries(account).toSorted(([a], [b]) => (a < b ? -1 : 1))),
  ...(account.tags && { tags: inOrder(account.tags) }),
});
