import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { JsonObject } from './records';
import { ROOT } from './root';

/** Alerts as they are told, each in every rendering; the records they are about in `records`. */
export const GOLDEN = join(ROOT, 'test', 'golden');

/** The names of all of them. */
export const GOLDEN_NAMES: readonly string[] = readdirSync(join(GOLDEN, 'records')).map((file) =>
  file.replace(/\.json$/, ''),
);

export const recordNamed = (name: string): JsonObject => read(join(GOLDEN, 'records', `${name}.json`));

/** The call that left behind what the domain had before, where there is one. */
export const recordBefore = (name: string): JsonObject | undefined => {
  const file = join(GOLDEN, 'before', `${name}.json`);
  return existsSync(file) ? read(file) : undefined;
};

const read = (file: string): JsonObject => JSON.parse(readFileSync(file, 'utf8')) as JsonObject;
