import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import * as opensearch from '@aws-sdk/client-opensearch';
import { EVENT_NAMES } from '../../core/call';
import { toModel } from '../../local/catalogue-check/botocore';
import { differencesOf, type Source } from '../../local/catalogue-check/differences';
import { readExtracts } from '../../local/catalogue-check/extracts';
import { membersOf, type Input, type Model } from '../../local/catalogue-check/model';
import { readNpmClient } from '../../local/catalogue-check/npm-client';
import { ROOT } from '../support/root';

const extracts = readExtracts();
const known = { eventNames: EVENT_NAMES, extracts };

/** The extracts as a source that has another input for one operation of the current API. */
function sourceWith(name: string, input: Input | undefined): readonly Source[] {
  return extracts.map(({ api, model }) => {
    const { [name]: _, ...others } = model.operations;
    const operations = api === 'es/2015-01-01' ? model.operations : { ...others, ...(input && { [name]: input }) };
    return { api, model: { source: `newest ${api}`, operations } };
  });
}

const inputOf = (name: string): Input => extracts[0]?.model.operations[name] ?? {};

describe('the differences', () => {
  test('are none where nothing changed', () => {
    expect(differencesOf(extracts, known)).toEqual({ fresh: [], gone: [] });
  });

  test('are an operation that the catalogue lost', () => {
    const eventNames = EVENT_NAMES.filter((name) => name !== 'FailoverReplication');
    expect(differencesOf(extracts, { ...known, eventNames }).fresh).toEqual([
      expect.stringMatching(/^operation FailoverReplication, by its name a change: in botocore \S+, opensearch/),
    ]);
  });

  test('are a new operation, by its name a read or a change', () => {
    const { fresh, gone } = differencesOf(
      [...sourceWith('ShareDomain', { DomainName: 'string' }), ...sourceWith('GetShare', {})],
      known,
    );
    expect(fresh).toEqual([
      'operation ShareDomain, by its name a change: in newest opensearch/2021-01-01',
      'operation GetShare, by its name a read: in newest opensearch/2021-01-01',
    ]);
    expect(gone).toEqual([]);
  });

  test('are a new member, however deep, and a new value', () => {
    const input = {
      ...inputOf('UpgradeDomain'),
      PerformCheckOnly: 'boolean',
      Window: [{ Start: 'timestamp' }],
    } as const;
    expect(differencesOf(sourceWith('UpgradeDomain', input), known).fresh).toEqual([
      'member Window of UpgradeDomain in opensearch/2021-01-01: in newest opensearch/2021-01-01',
      'member Window[].Start of UpgradeDomain in opensearch/2021-01-01: in newest opensearch/2021-01-01',
    ]);
    const mode = { ...inputOf('CreateDomain'), IPAddressType: 'enum ipv4 dualstack ipv6' };
    expect(differencesOf(sourceWith('CreateDomain', mode), known).fresh).toEqual([
      'value ipv6 for IPAddressType of CreateDomain in opensearch/2021-01-01: in newest opensearch/2021-01-01',
    ]);
  });

  test('are what is gone from every source', () => {
    expect(differencesOf(sourceWith('FailoverReplication', undefined), known)).toEqual({
      fresh: [],
      gone: [
        'operation FailoverReplication',
        'input of FailoverReplication in opensearch/2021-01-01',
        ...['DomainName', 'PeerDomainArn', 'AllowDataLoss'].map(
          (member) => `member ${member} of FailoverReplication in opensearch/2021-01-01`,
        ),
      ],
    });
    const both = [...sourceWith('FailoverReplication', undefined), ...extracts];
    expect(differencesOf(both, known)).toEqual({ fresh: [], gone: [] });
  });
});

describe('a model', () => {
  const service = {
    operations: { Update: { input: { shape: 'Request' } }, Ping: {} },
    shapes: {
      Request: {
        type: 'structure',
        members: { Names: { shape: 'Names' }, Logs: { shape: 'Logs' }, Kind: { shape: 'Kind' } },
      },
      Names: { type: 'list', member: { shape: 'Text' } },
      Logs: { type: 'map', key: { shape: 'Text' }, value: { shape: 'Request' } },
      Kind: { type: 'string', enum: ['ONE', 'TWO'] },
      Text: { type: 'string' },
    },
  };

  test('of botocore is names and types', () => {
    expect(toModel(service, 'botocore')).toEqual({
      source: 'botocore',
      operations: { Ping: {}, Update: { Names: ['string'], Logs: { '*': 'recursive' }, Kind: 'enum ONE TWO' } },
    });
  });

  test('that names a shape it does not have is refused, and so is one without operations', () => {
    const { Text: _, ...shapes } = service.shapes;
    expect(() => toModel({ ...service, shapes }, 'botocore')).toThrow(
      'botocore names the shape Text and does not have it',
    );
    expect(() => toModel({}, 'botocore')).toThrow('botocore has no operations');
  });

  test('of an SDK client has the members of the same operation', () => {
    const { operations } = readNpmClient(opensearch, 'client');
    const pathsOf = (input: Input | undefined): readonly string[] =>
      membersOf(input ?? {}).map((member) => member.path);
    for (const name of [
      'AddTags',
      'AddDataSource',
      'CreateApplication',
      'UpdatePackageScope',
      'AssociatePackages',
      'StartMigration',
    ]) {
      expect(pathsOf(operations[name]).toSorted()).toEqual(pathsOf(inputOf(name)).toSorted());
    }
    expect(() => readNpmClient({}, 'client')).toThrow('client exports no operation');
  });
});

describe('npm run catalogue:check', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'catalogue-check-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  /** botocore as pip would lay it out, with a shape for each member that is simple. */
  function installed(name: string, models: readonly Model[]): string {
    const at = path.join(folder, name);
    mkdirSync(path.join(at, 'botocore-9.9.9.dist-info'), { recursive: true });
    for (const [index, api] of ['opensearch/2021-01-01', 'es/2015-01-01'].entries()) {
      const data = path.join(at, 'botocore', 'data', api);
      mkdirSync(data, { recursive: true });
      writeFileSync(path.join(data, 'service-2.json.gz'), gzipSync(JSON.stringify(serviceOf(models[index]))));
    }
    return at;
  }

  function serviceOf(model: Model | undefined): unknown {
    const shapes: Record<string, unknown> = {};
    const shapeOf = (shape: unknown): { shape: string } => {
      const name = `Shape${Object.keys(shapes).length}`;
      shapes[name] = {};
      const inside = (members: object): unknown =>
        Object.fromEntries(Object.entries(members).map(([member, each]) => [member, shapeOf(each)]));
      if (Array.isArray(shape)) shapes[name] = { type: 'list', member: shapeOf(shape[0]) };
      else if (typeof shape === 'object' && shape !== null && '*' in shape)
        shapes[name] = { type: 'map', value: shapeOf(shape['*']) };
      else if (typeof shape === 'object' && shape !== null)
        shapes[name] = { type: 'structure', members: inside(shape) };
      else if (String(shape).startsWith('enum '))
        shapes[name] = { type: 'string', enum: String(shape).split(' ').slice(1) };
      else shapes[name] = { type: shape };
      return { shape: name };
    };
    const operations = Object.entries(model?.operations ?? {}).map(([name, input]) => [
      name,
      { input: shapeOf(input) },
    ]);
    return { operations: Object.fromEntries(operations), shapes };
  }

  function check(...args: readonly string[]): { status: number | null; stdout: string; stderr: string } {
    const program = ['--import', 'tsx', 'local/catalogue-check.ts', ...args];
    const { status, stdout, stderr } = spawnSync(process.execPath, program, {
      cwd: ROOT,
      encoding: 'utf8',
      env: { PATH: '' },
    });
    return { status, stdout, stderr };
  }

  test('ends well where nothing is new', () => {
    const { status, stdout, stderr } = check(
      '--botocore',
      installed(
        'same',
        extracts.map(({ model }) => model),
      ),
    );
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).toContain('nothing is new: 127 operations');
  });

  test('fails with an operation that is new', () => {
    const models = sourceWith('ShareDomain', { DomainName: 'string' }).map(({ model }) => model);
    const { status, stdout } = check('--botocore', installed('new', models));
    expect(status).toBe(1);
    expect(stdout).toContain('new: operation ShareDomain, by its name a change: in botocore 9.9.9');
  });

  test('says what is gone and ends well', () => {
    const models = sourceWith('FailoverReplication', undefined).map(({ model }) => model);
    const { status, stdout } = check('--botocore', installed('gone', models));
    expect(status).toBe(0);
    expect(stdout).toContain('gone: operation FailoverReplication\n');
  });

  test('says loudly which source could not be had, where there is no Python', () => {
    const { status, stdout, stderr } = check();
    expect(status).toBe(2);
    expect(stderr).toContain('botocore COULD NOT BE HAD: python3 cannot be started');
    expect(stdout).not.toContain('nothing is new');
    expect(stdout).not.toContain('gone:');
  });
});
