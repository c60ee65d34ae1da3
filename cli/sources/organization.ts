import { textOfError } from '../../core/base/error-text';
import { UsageError } from '../console';
import { isExpiredCredential, nameOfError, signInAgain } from './credentials';
import { sdk } from './sdk';

/** What is asked of AWS Organizations; lists come whole. */
export interface OrganizationsApi {
  /** @returns the id of the organization */
  readonly organization: () => Promise<string>;
  readonly roots: () => Promise<readonly Unit[]>;
  readonly unitsIn: (parentId: string) => Promise<readonly Unit[]>;
  readonly accountsIn: (parentId: string) => Promise<readonly Omit<MemberAccount, 'unit'>[]>;
  readonly tagsOf: (accountId: string) => Promise<Readonly<Record<string, string>>>;
}

/** An organizational unit, or the root. */
interface Unit {
  readonly id: string;
  readonly name: string;
}

export interface MemberAccount {
  readonly id: string;
  readonly name: string;
  /** It is neither suspended nor closed. */
  readonly isActive: boolean;
  /** The names of the units from below the root to it, `Production/Search`; empty for one right below the root. */
  readonly unit: string;
  /** @default - they could not be read */
  readonly tags?: Readonly<Record<string, string>>;
}

export interface Organization {
  readonly id: string;
  /** In the order of their ids. */
  readonly accounts: readonly MemberAccount[];
  /** Why tags could not be read. @default - they were, or nobody asked */
  readonly withoutTags?: unknown;
}

/** Connects with credentials that are read anew. @param profile as the AWS CLI names it; without it the default chain */
export type Connect = (profile: string | undefined) => Promise<OrganizationsApi>;

/**
 * The organization of the account whose credentials these are: the management account, or a delegated administrator.
 * @param show hears how many accounts were read so far
 * @throws UsageError where accounts or units cannot be read, with what to do
 */
export async function readOrganization(
  connect: Connect,
  profile: string | undefined,
  show: (accounts: number) => void,
): Promise<Organization> {
  let api = await connect(profile);
  /** Tries once more where credentials ran out meanwhile: thousands of accounts take minutes. */
  async function ask<Answer>(question: (organizations: OrganizationsApi) => Promise<Answer>): Promise<Answer> {
    try {
      return await question(api);
    } catch (error) {
      if (!isExpiredCredential(error)) throw error;
      api = await connect(profile);
      return question(api);
    }
  }

  const accounts: MemberAccount[] = [];
  async function walk(parentId: string, path: readonly string[]): Promise<void> {
    for (const account of await ask(({ accountsIn }) => accountsIn(parentId))) {
      accounts.push({ ...account, unit: path.join('/') });
      show(accounts.length);
    }
    for (const { id, name } of await ask(({ unitsIn }) => unitsIn(parentId))) await walk(id, [...path, name]);
  }

  try {
    const id = await ask(({ organization }) => organization());
    for (const root of await ask(({ roots }) => roots())) await walk(root.id, []);
    accounts.sort((a, b) => (a.id < b.id ? -1 : 1));
    return { id, ...(await withTags(accounts, (account) => ask(({ tagsOf }) => tagsOf(account)))) };
  } catch (error) {
    throw toldError(error, profile);
  }
}

/** The first refusal is that of all: who may not read the tags of one account may read those of none. */
async function withTags(
  accounts: readonly MemberAccount[],
  tagsOf: (accountId: string) => Promise<MemberAccount['tags']>,
): Promise<Pick<Organization, 'accounts' | 'withoutTags'>> {
  const tagged: MemberAccount[] = [];
  for (const account of accounts) {
    try {
      const tags = await tagsOf(account.id);
      tagged.push({ ...account, ...(tags && { tags }) });
    } catch (error) {
      if (!isRefusal(error)) throw error;
      return { accounts, withoutTags: error };
    }
  }
  return { accounts: tagged };
}

const isRefusal = (error: unknown): boolean => /^AccessDenied/.test(nameOfError(error));

function toldError(error: unknown, profile: string | undefined): UsageError {
  const why = (what: string): UsageError => new UsageError(`${what} (${textOfError(error)})`, { cause: error });
  if (isExpiredCredential(error)) return why(signInAgain(profile));
  if (isRefusal(error))
    return why(
      'the organization cannot be read: sign in to its management account or a delegated administrator, with organizations:DescribeOrganization, ' +
        'ListRoots, ListOrganizationalUnitsForParent, ListAccountsForParent and, for tags, ListTagsForResource',
    );
  if (/^AWSOrganizationsNotInUse/.test(nameOfError(error))) return why('the account is in no organization');
  return why('the organization cannot be read');
}

/** AWS Organizations itself, by its SDK, which is loaded when it is first asked. */
export const awsOrganizations: Connect = async (profile) => {
  const {
    DescribeOrganizationCommand,
    OrganizationsClient,
    paginateListAccountsForParent,
    paginateListOrganizationalUnitsForParent,
    paginateListRoots,
    paginateListTagsForResource,
  } = await sdk('@aws-sdk/client-organizations', 'accounts', () => import('@aws-sdk/client-organizations'));
  // It answers a few requests a second, in one region for all. The SDK slows down where it is told to.
  const client = new OrganizationsClient({
    region: 'us-east-1',
    ...(profile !== undefined && { profile }),
    maxAttempts: 12,
    retryMode: 'adaptive',
  });
  return {
    organization: async () => (await client.send(new DescribeOrganizationCommand({}))).Organization?.Id ?? '',
    roots: async () => {
      const roots: Unit[] = [];
      for await (const { Roots = [] } of paginateListRoots({ client }, {})) roots.push(...Roots.map(toUnit));
      return roots;
    },
    unitsIn: async (ParentId) => {
      const units: Unit[] = [];
      for await (const page of paginateListOrganizationalUnitsForParent({ client }, { ParentId })) {
        units.push(...(page.OrganizationalUnits ?? []).map(toUnit));
      }
      return units;
    },
    accountsIn: async (ParentId) => {
      const accounts: Omit<MemberAccount, 'unit'>[] = [];
      for await (const { Accounts = [] } of paginateListAccountsForParent({ client }, { ParentId })) {
        for (const { Id: id = '', Name: name = '', State, Status } of Accounts) {
          accounts.push({ id, name, isActive: (State ?? Status) === 'ACTIVE' });
        }
      }
      return accounts;
    },
    tagsOf: async (ResourceId) => {
      const tags: [string, string][] = [];
      for await (const { Tags = [] } of paginateListTagsForResource({ client }, { ResourceId })) {
        tags.push(...Tags.map(({ Key = '', Value = '' }): [string, string] => [Key, Value]));
      }
      return Object.fromEntries(tags);
    },
  };
};

const toUnit = ({
  Id = '',
  Name = '',
}: {
  readonly Id?: string | undefined;
  readonly Name?: string | undefined;
}): Unit => ({
  id: Id,
  name: Name,
});
