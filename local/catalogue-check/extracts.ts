import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { APIS, type Api } from './botocore';
import type { Model } from './model';
import type { Source } from './differences';

const FOLDER = path.join(__dirname, '..', '..', 'test', 'fixtures', 'models');

const fileOf = (api: Api): string => path.join(FOLDER, `${api.replace('/', '-')}.json`);

/** The extracts that are kept here, so that no test needs a network. */
export function readExtracts(): readonly Source[] {
  return APIS.map((api) => ({ api, model: JSON.parse(readFileSync(fileOf(api), 'utf8')) as Model }));
}

/** Puts others in their place, one operation a line. */
export function writeExtracts(models: Readonly<Record<Api, Model>>): void {
  mkdirSync(FOLDER, { recursive: true });
  for (const api of APIS) {
    const { source, operations } = models[api];
    const lines = Object.entries(operations).map(([name, input]) => `${JSON.stringify(name)}:${JSON.stringify(input)}`);
    writeFileSync(fileOf(api), `{"source":${JSON.stringify(source)},"operations":{\n${lines.join(',\n')}\n}}\n`);
  }
}
