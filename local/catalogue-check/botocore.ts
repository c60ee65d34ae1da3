import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { isObject, memberOf, textOf, textsOf } from '../../core/base/members';
import type { Input, Model, Shape } from './model';

/** The two generations of the API, as botocore keeps them. */
export const APIS = ['opensearch/2021-01-01', 'es/2015-01-01'] as const;

export type Api = (typeof APIS)[number];

export interface Botocore {
  readonly models: Readonly<Record<Api, Model>>;
  /** Versions of the API that botocore has and nobody here has looked at: `opensearch/2027-01-01`. */
  readonly otherVersions: readonly string[];
}

/**
 * The models of the newest botocore that pip finds, read from a temporary folder.
 * @throws Error where there is no Python 3 with pip, or no registry, saying which
 */
export function newestBotocore(): Botocore {
  const folder = mkdtempSync(path.join(tmpdir(), 'botocore-'));
  try {
    const pip = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '--no-deps', '--no-compile'];
    const ran = spawnSync('python3', [...pip, '--target', folder, 'botocore'], { encoding: 'utf8' });
    if (ran.error) throw new Error(`python3 cannot be started: ${ran.error.message}`);
    if (ran.status !== 0) throw new Error(`pip cannot install it: ${ran.stderr.trim().split('\n').at(-1) ?? ''}`);
    return readBotocore(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/**
 * @param folder where botocore was installed
 * @throws Error where it is not there, or its models are not what they were
 */
export function readBotocore(folder: string): Botocore {
  const version = readdirSync(folder)
    .map((name) => /^botocore-(.+)\.dist-info$/.exec(name)?.[1])
    .find((text) => text !== undefined);
  if (version === undefined) throw new Error(`${folder} has no botocore`);
  const read = (api: Api): Model => {
    const file = path.join(folder, 'botocore', 'data', api, 'service-2.json.gz');
    const text = gunzipSync(readFileSync(file)).toString('utf8');
    return toModel(JSON.parse(text), `botocore ${version}, ${api}`);
  };
  const versions = APIS.flatMap((api) => {
    const [service = ''] = api.split('/');
    return readdirSync(path.join(folder, 'botocore', 'data', service)).map((name) => `${service}/${name}`);
  });
  return {
    models: { 'opensearch/2021-01-01': read('opensearch/2021-01-01'), 'es/2015-01-01': read('es/2015-01-01') },
    otherVersions: versions.filter((name) => !APIS.some((api) => api === name)),
  };
}

/**
 * A service model of botocore, by names and types alone.
 * @throws Error where it has no operations or names a shape it does not have
 */
export function toModel(service: unknown, source: string): Model {
  const operations = memberOf(service, 'operations');
  if (!isObject(operations)) throw new Error(`${source} has no operations`);
  const inputOf = (operation: unknown): Input => {
    const name = textOf(memberOf(operation, 'input', 'shape'));
    const shape = name === undefined ? {} : shapeOf(service, name, source, []);
    return typeof shape === 'object' && !Array.isArray(shape) ? (shape as Input) : {};
  };
  return {
    source,
    operations: Object.fromEntries(
      Object.entries(operations)
        .map(([name, operation]) => [name, inputOf(operation)] as const)
        .toSorted(([a], [b]) => (a < b ? -1 : 1)),
    ),
  };
}

/** An enumeration with more values is a list of wares, such as types of instances, and grows by the month. */
const MOST_VALUES = 12;

function shapeOf(service: unknown, name: string, source: string, within: readonly string[]): Shape {
  const shape = memberOf(service, 'shapes', name);
  if (!isObject(shape)) throw new Error(`${source} names the shape ${name} and does not have it`);
  if (within.includes(name)) return 'recursive';
  const inside = (reference: unknown): Shape =>
    shapeOf(service, textOf(memberOf(reference, 'shape')) ?? '', source, [...within, name]);
  const type = textOf(shape['type']) ?? 'unknown';
  if (type === 'structure') {
    const members = Object.entries(isObject(shape['members']) ? shape['members'] : {});
    return Object.fromEntries(members.map(([member, reference]) => [member, inside(reference)]));
  }
  if (type === 'list') return [inside(shape['member'])];
  if (type === 'map') return { '*': inside(shape['value']) };
  const values = textsOf(shape['enum']);
  return values.length > 0 && values.length <= MOST_VALUES ? ['enum', ...values].join(' ') : type;
}
