import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { accountsCommand } from '../../../cli/commands/accounts';
import { UsageError } from '../../../cli/console';
import { runCommand } from '../../../cli/program';
import { problemsIn, type Settings } from '../../../core/settings';
import { readSettingsText } from '../../../core/settings-text';
import { toldBy } from '../../support/console';
import type { JsonObject } from '../../support/records';

/* AWS Organizations as it answers, in the recorded form of its protocol, two items a page. */

interface Account {
  readonly Id: string;
  readonly Name: string;
  readonly State?: string;
  readonly Status?: string;
  readonly tags?: Readonly<Record<string, string>>;
}

/** What the second account of search is tagged with, which tests change. */
const TAGS_OF_TWO: Record<string, string> = {};

/** The root, with an account of its own, and three units, one of them in another. */
const TREE: Readonly<Record<string, { readonly units: readonly JsonObject[]; readonly accounts: readonly Account[] }>> =
  {
    'r-root': {
      units: [
        { Id: 'ou-root-prod', Name: 'Production' },
        { Id: 'ou-root-sand', Name: 'Sandboxes' },
      ],
      accounts: [{ Id: '999900001111', Name: 'management', State: 'ACTIVE' }],
    },
    'ou-root-prod': { units: [{ Id: 'ou-root-srch', Name: 'Search' }], accounts: [] },
    'ou-root-srch': {
      units: [],
      accounts: [
        { Id: '333300000003', Name: 'search-3', State: 'ACTIVE', tags: { team: 'search', stage: 'prod', cost: '1' } },
        { Id: '333300000001', Name: 'search-1', State: 'ACTIVE', tags: { team: 'search' } },
        { Id: '333300000002', Name: 'search-2', Status: 'ACTIVE', tags: TAGS_OF_TWO },
      ],
    },
    'ou-root-sand': { units: [], accounts: [{ Id: '444400000001', Name: 'closed', State: 'SUSPENDED' }] },
  };

const ACCOUNTS = Object.values(TREE).flatMap(({ accounts }) => accounts);

/** Two of `items` a page. */
function page(name: string, items: readonly JsonObject[], { NextToken: token }: JsonObject): JsonObject {
  const start = token === undefined ? 0 : Number(token);
  return {
    [name]: items.slice(start, start + 2),
    ...(start + 2 < items.length && { NextToken: String(start + 2) }),
  };
}

function answerTo(operation: string, asked: JsonObject): JsonObject {
  const parent = TREE[String(asked['ParentId'])];
  switch (operation) {
    case 'DescribeOrganization':
      return { Organization: { Id: 'o-a1b2c3d4e5' } };
    case 'ListRoots':
      return { Roots: [{ Id: 'r-root', Name: 'Root' }] };
    case 'ListOrganizationalUnitsForParent':
      return page('OrganizationalUnits', parent?.units ?? [], asked);
    case 'ListAccountsForParent':
      return page(
        'Accounts',
        (parent?.accounts ?? []).map((account) => ({ ...account, tags: undefined })),
        asked,
      );
    case 'ListTagsForResource': {
      const { tags = {} } = ACCOUNTS.find(({ Id }) => Id === asked['ResourceId']) ?? {};
      return page(
        'Tags',
        Object.entries(tags).map(([Key, Value]) => ({ Key, Value })),
        asked,
      );
    }
    default:
      throw new Error(`nobody asks for ${operation}`);
  }
}

const ENVIRONMENT = {
  AWS_ACCESS_KEY_ID: 'AKIAEXAMPLE',
  AWS_SECRET_ACCESS_KEY: 'x',
  AWS_REGION: 'eu-west-1',
  AWS_EC2_METADATA_DISABLED: 'true',
};
const before = { ...process.env };
const folder = mkdtempSync(join(tmpdir(), 'accounts-'));
let server: Server | undefined;
let asked: string[] = [];

afterEach(() => {
  server?.close();
  for (const key of Object.keys(TAGS_OF_TWO)) delete TAGS_OF_TWO[key];
  process.env = { ...before };
});
afterAll(() => rmSync(folder, { recursive: true }));

/** @param fault the error that is answered to a request instead, by its operation and how often that was asked for */
async function serve(fault: (operation: string, count: number) => string | undefined = () => undefined): Promise<void> {
  asked = [];
  server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const operation = String(request.headers['x-amz-target']).split('.')[1] ?? '';
      asked.push(operation);
      const type = fault(operation, asked.filter((each) => each === operation).length);
      response.setHeader('content-type', 'application/x-amz-json-1.1');
      if (type !== undefined) {
        response.writeHead(400);
        response.end(JSON.stringify({ __type: type, message: 'recorded' }));
      } else
        response.end(JSON.stringify(answerTo(operation, JSON.parse(Buffer.concat(chunks).toString()) as JsonObject)));
    });
  });
  const listening = server;
  await new Promise<void>((resolve) => listening.listen(0, '127.0.0.1', resolve));
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  Object.assign(process.env, ENVIRONMENT, { AWS_ENDPOINT_URL_ORGANIZATIONS: endpoint });
}

/** As the program tells it. */
const told = (...args: readonly string[]) =>
  toldBy(async (console) => {
    try {
      return await runCommand(accountsCommand, args, console, 'accounts');
    } catch (error) {
      if (!(error instanceof UsageError)) throw error;
      console.err(error.message);
      return 2;
    }
  });

const fileOf = (text: string): string => {
  const file = join(folder, 'monitor.json');
  writeFileSync(file, text);
  return file;
};

const search = { organization: 'o-a1b2c3d4e5', organizationalUnit: 'Production/Search' };

test('all active accounts are printed, in the order of their ids, with their unit and tags', async () => {
  await serve();
  const { code, out, err } = await told();
  expect([code, JSON.parse(out)]).toEqual([
    0,
    {
      accounts: {
        '333300000001': { name: 'search-1', ...search, tags: { team: 'search' } },
        '333300000002': { name: 'search-2', ...search },
        '333300000003': { name: 'search-3', ...search, tags: { cost: '1', stage: 'prod', team: 'search' } },
        '999900001111': { name: 'management', organization: 'o-a1b2c3d4e5' },
      },
    },
  ]);
  expect(Object.keys((JSON.parse(out) as Settings).accounts ?? {})).toEqual([
    '333300000001',
    '333300000002',
    '333300000003',
    '999900001111',
  ]);
  expect(problemsIn(JSON.parse(out), '2026-11-29')).toEqual([]);
  expect(err).toBe(
    '4 accounts: 4 new, 0 changed, 0 as before\n' +
      '4 accounts without an owner: alerts about them go to the subscribers of the stack\n',
  );
});

test('a tag names the owner where nobody has', async () => {
  await serve();
  const file = fileOf('{"accounts":{"333300000001":{"owner":"mine","subscribers":["a@example.com"]}}}');
  await told('--out', file, '--owner-tag', 'team');
  expect(readSettingsText(readFileSync(file, 'utf8'))).toMatchObject({
    accounts: {
      '333300000001': { name: 'search-1', owner: 'mine', subscribers: ['a@example.com'] },
      '333300000003': { owner: 'search' },
    },
  });
});

test('an owner whom a tag spells otherwise is written as everywhere else', async () => {
  await serve();
  TAGS_OF_TWO['team'] = 'Search';
  const { code, out } = await told('--owner-tag', 'team');
  const { accounts = {} } = JSON.parse(out) as Settings;
  expect([code, Object.values(accounts).map(({ owner }) => owner)]).toEqual([
    0,
    ['search', 'search', 'search', undefined],
  ]);
});

test('a tag that is no name of an owner leaves its account without one, and is told', async () => {
  await serve();
  TAGS_OF_TWO['team'] = 'search@example.com';
  const { code, out, err } = await told('--owner-tag', 'team');
  const { accounts = {} } = JSON.parse(out) as Settings;
  expect([code, accounts['333300000002']?.owner]).toEqual([0, undefined]);
  expect(err).toContain('without an owner, as their tag is no name that one may have: 333300000002\n');
});

test('a tag is none that every object has', async () => {
  await serve();
  const { code, out } = await told('--owner-tag', 'constructor');
  const { accounts = {} } = JSON.parse(out) as Settings;
  expect([code, Object.values(accounts).some(({ owner }) => owner !== undefined)]).toEqual([0, false]);
});

const WRITTEN = `{
  "$schema": "./monitor.schema.json",
  // Deployments are planned.
  "trustedCallers": ["arn:aws:iam::111122223333:role/deploy-*"],
  "accounts": {
    "111122223333": { "name": "left", "owner": "old" },
    "333300000001": { "name": "by hand", "minimumSeverity": "HIGH", "owner": "search", "tags": { "by": "hand" } }
  },
  "domains": { "orders-*": { "owner": "shop" } },
}
`;

describe('a file that is there', () => {
  test('keeps what was written by hand, comments, other settings and accounts that are gone', async () => {
    await serve();
    const file = fileOf(WRITTEN);
    const { code, out, err } = await told('--out', file);
    expect([code, out]).toEqual([0, '']);
    const text = readFileSync(file, 'utf8');
    expect(text.startsWith(WRITTEN.slice(0, WRITTEN.indexOf('  "accounts"')))).toBe(true);
    expect(text.endsWith('\n  "domains": { "orders-*": { "owner": "shop" } },\n}\n')).toBe(true);
    const { accounts } = readSettingsText(text) as Settings;
    expect(accounts).toMatchObject({
      '111122223333': { name: 'left', owner: 'old' },
      '333300000001': {
        name: 'search-1',
        owner: 'search',
        minimumSeverity: 'HIGH',
        ...search,
        tags: { team: 'search' },
      },
    });
    expect(Object.keys(accounts ?? {})[0]).toBe('111122223333');
    expect(err).toContain('5 accounts: 3 new, 1 changed, 0 as before\n');
    expect(err).toContain('kept, though no active account of the organization: 111122223333\n');
  });

  test('is the same when it is written again', async () => {
    await serve();
    const file = fileOf(WRITTEN);
    await told('--out', file);
    const once = readFileSync(file, 'utf8');
    const { err } = await told('--out', file);
    expect(readFileSync(file, 'utf8')).toBe(once);
    expect(err).toContain('5 accounts: 0 new, 0 changed, 4 as before\n');
  });

  test('is not touched where it cannot be read, or where what would be written cannot be', async () => {
    await serve();
    const file = fileOf('{ "accounts": { ');
    expect(await told('--out', file)).toMatchObject({
      code: 2,
      err: expect.stringContaining('cannot be read: ') as string,
    });
    expect(asked).toEqual([]);
    const other = fileOf('{ "accounts": { "1": {} } }');
    expect(await told('--out', other)).toMatchObject({
      code: 2,
      err: expect.stringContaining('nothing was written: accounts "1" is no account id') as string,
    });
    expect(readFileSync(other, 'utf8')).toBe('{ "accounts": { "1": {} } }');
  });
});

test('a file that is not there yet is made', async () => {
  await serve();
  const file = join(folder, 'new.json');
  expect(await told('--out', file)).toMatchObject({ code: 0, out: '' });
  expect(Object.keys((readSettingsText(readFileSync(file, 'utf8')) as Settings).accounts ?? {})).toHaveLength(4);
});

describe('where AWS Organizations does not answer at once', () => {
  test('it is asked again, as it asks for patience', async () => {
    await serve((operation, count) =>
      operation === 'ListTagsForResource' && count <= 2 ? 'TooManyRequestsException' : undefined,
    );
    expect(await told()).toMatchObject({ code: 0 });
  });

  test('credentials that run out are read anew, once', async () => {
    await serve((operation, count) =>
      operation === 'ListAccountsForParent' && count === 2 ? 'ExpiredTokenException' : undefined,
    );
    const { code, out } = await told();
    expect([code, Object.keys((JSON.parse(out) as Settings).accounts ?? {}).length]).toEqual([0, 4]);
    server?.close();
    await serve((operation) => (operation === 'ListAccountsForParent' ? 'ExpiredTokenException' : undefined));
    expect(await told('--out', join(folder, 'never.json'))).toMatchObject({
      code: 2,
      err: expect.stringContaining('the credentials have expired or are none: sign in again') as string,
    });
  });

  test('tags that may not be read are kept as they are, and told', async () => {
    await serve((operation) => (operation === 'ListTagsForResource' ? 'AccessDeniedException' : undefined));
    const file = fileOf(WRITTEN);
    const { code, err } = await told('--out', file);
    expect(code).toBe(2);
    expect(err).toContain(
      'tags could not be read, and those in the file are kept: allow organizations:ListTagsForResource',
    );
    expect(asked.filter((operation) => operation === 'ListTagsForResource')).toHaveLength(1);
    expect((readSettingsText(readFileSync(file, 'utf8')) as Settings).accounts?.['333300000001']).toMatchObject({
      name: 'search-1',
      tags: { by: 'hand' },
    });
  });

  test.each([
    ['AccessDeniedException', 'the organization cannot be read: sign in to its management account or a delegated'],
    ['AWSOrganizationsNotInUseException', 'the account is in no organization'],
    ['ServiceException', 'the organization cannot be read (recorded)'],
  ])('%s is told, and nothing is written', async (type, says) => {
    await serve((operation) => (operation === 'DescribeOrganization' ? type : undefined));
    const file = fileOf(WRITTEN);
    expect(await told('--out', file)).toMatchObject({ code: 2, err: expect.stringContaining(says) as string });
    expect(readFileSync(file, 'utf8')).toBe(WRITTEN);
  });
});
