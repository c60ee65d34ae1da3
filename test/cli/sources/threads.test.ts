import { buildSync } from 'esbuild';
import { writeFileSync } from 'node:fs';
import { filesUnder } from '../../../cli/sources/paths';
import { WATCHED_CALLS } from '../../../core/base/watched-calls';
import { readInTurn, type SourceRead } from '../../../cli/sources/reading';
import { readInThreads } from '../../../cli/sources/threads';
import { recordNamed } from '../../support/golden';
import { temporaryFolder } from '../../support/log-files';
import { ROOT } from '../../support/root';

const { at, file, logFile } = temporaryFolder();

/** The command line as JavaScript, whose threads read. */
function builtProgram(): string {
  const outfile = at('program.cjs');
  buildSync({
    entryPoints: ['bin/es-config-monitor.ts'],
    absWorkingDir: ROOT,
    bundle: true,
    platform: 'node',
    mainFields: ['module', 'main'],
    target: 'node20',
    external: ['@aws-sdk/*'],
    outfile,
    logLevel: 'error',
  });
  return outfile;
}

async function all(reading: AsyncIterable<SourceRead>) {
  const told: unknown[] = [];
  for await (const { source, input, error } of reading)
    told.push([source.name, input, (error as Error | undefined)?.message]);
  return told;
}

test('threads read what one thread reads, in the same order, and each error with its file', async () => {
  for (let number = 0; number < 100; number++) {
    logFile(`logs/${String(number).padStart(3, '0')}.json.gz`, {
      ...recordNamed('tags-added'),
      eventID: `id-${number}`,
    });
  }
  file('logs/050.json.gz', 'damaged');
  file('logs/060.json', '[{"a":1}]');
  const { sources } = await filesUnder([at('logs')], []);
  const inThreads = await all(readInThreads(sources, WATCHED_CALLS, builtProgram(), 1));
  expect(inThreads).toEqual(await all(readInTurn(sources, WATCHED_CALLS)));
  expect(inThreads).toHaveLength(101);
}, 60_000);

test('a thread that does not live is an error, and no silence', async () => {
  logFile('logs/a.json', recordNamed('tags-added'));
  writeFileSync(at('dead.cjs'), 'throw new Error("it does not live")');
  const { sources } = await filesUnder([at('logs')], []);
  await expect(all(readInThreads(sources, WATCHED_CALLS, at('dead.cjs'), 1))).rejects.toThrow('it does not live');
}, 60_000);
