import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';

/** A folder that is there for one test at a time. */
export function temporaryFolder(): {
  readonly at: (...names: readonly string[]) => string;
  /** Writes a text and returns its path. */
  readonly file: (name: string, content: string | Uint8Array) => string;
  /** Writes a log file of `records`, compressed if its name says so, and returns its path. */
  readonly logFile: (name: string, ...records: readonly unknown[]) => string;
} {
  let folder = '';
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'cli-'));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  const at = (...names: readonly string[]): string => join(folder, ...names);
  const file = (name: string, content: string | Uint8Array): string => {
    mkdirSync(dirname(at(name)), { recursive: true });
    writeFileSync(at(name), content);
    return at(name);
  };
  return {
    at,
    file,
    logFile: (name, ...records) => {
      const json = JSON.stringify({ Records: records });
      return file(name, name.endsWith('.gz') ? gzipSync(json) : json);
    },
  };
}
