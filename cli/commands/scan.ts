import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { problemsIn, toCriteria, type Criteria, type Settings } from '../../core/settings';
import { plain } from '../../core/base/plain-text';
import { scan, type Judgement } from '../../core/scan';
import { ALERT_SEVERITIES, compareSeverity, type AlertSeverity } from '../../core/base/severity';
import { textOfError } from '../../core/base/error-text';
import { UsageError, type Console } from '../console';
import { explain } from '../render/explain';
import { logFilesUnder } from '../sources/paths';

export const SCAN_USAGE = `usage: npm run scan -- [options] PATH...

Judges the configuration calls in CloudTrail log files, plain or gzip, as the function does.
A PATH is a file, or a folder whose .json and .gz files are read.

  --format text|json         alerts as e-mails, or one OCSF Detection Finding per line
                             (default: text)
  --minimum-severity LEVEL   ${ALERT_SEVERITIES.join(', ')} (default: LOW)
  --config FILE              a JSON file with what to watch and whom to trust, as the
                             stack's props name it
  --explain                  tell for every record of the service why it did or did
                             not alert
  --help

Exit code: 0 nothing found, 1 alerts, 2 something could not be read.
`;

const FORMATS = ['text', 'json'] as const;

interface ScanOptions {
  readonly paths: readonly string[];
  readonly format: (typeof FORMATS)[number];
  readonly minimumSeverity: AlertSeverity;
  readonly explains: boolean;
  readonly configFile?: string;
}

/**
 * `scan`: the function's own stages over files and folders.
 * @returns the exit code
 * @throws UsageError for options that cannot be
 */
export async function scanCommand(args: readonly string[], console: Console): Promise<0 | 1 | 2> {
  if (args.includes('--help') || args.includes('-h')) {
    console.out(SCAN_USAGE);
    return 0;
  }
  const options = readOptions(args);
  return scanPaths(options, await readSettings(options.configFile), console);
}

function readOptions(args: readonly string[]): ScanOptions {
  const { values, positionals } = parsed(args);
  const format = FORMATS.find((name) => name === values.format);
  const minimumSeverity = ALERT_SEVERITIES.find((name) => name === values['minimum-severity'].toUpperCase());
  if (!format) throw new UsageError(`--format is ${JSON.stringify(values.format)}; allowed: ${FORMATS.join(', ')}`);
  if (!minimumSeverity) {
    const got = JSON.stringify(values['minimum-severity']);
    throw new UsageError(`--minimum-severity is ${got}; allowed: ${ALERT_SEVERITIES.join(', ')}`);
  }
  if (values.explain && format === 'json') {
    throw new UsageError('--explain is a text for people and does not go with --format json');
  }
  if (positionals.length === 0) throw new UsageError(`no PATH given\n\n${SCAN_USAGE.trimEnd()}`);
  return {
    paths: positionals,
    format,
    minimumSeverity,
    explains: values.explain,
    ...(values.config !== undefined && { configFile: values.config }),
  };
}

function parsed(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        format: { type: 'string', default: 'text' },
        'minimum-severity': { type: 'string', default: 'LOW' },
        config: { type: 'string' },
        explain: { type: 'boolean', default: false },
      },
    });
  } catch (error) {
    throw new UsageError(`${textOfError(error)}\n\n${SCAN_USAGE.trimEnd()}`);
  }
}

async function readSettings(configFile: string | undefined): Promise<Criteria> {
  if (configFile === undefined) return toCriteria();
  const config = await readConfigFile(configFile);
  const problems = problemsIn(config, new Date().toISOString().slice(0, 10));
  if (problems.length > 0) throw new UsageError(problems.map((problem) => `${configFile}: ${problem}`).join('\n'));
  return toCriteria(config as Settings);
}

async function readConfigFile(path: string): Promise<unknown> {
  try {
    return JSON.parse((await readFile(path, 'utf8')).replace(/^\uFEFF/, '')) as unknown;
  } catch (error) {
    throw new UsageError(`--config ${path} cannot be read: ${textOfError(error)}`);
  }
}

async function scanPaths(options: ScanOptions, criteria: Criteria, console: Console): Promise<0 | 1 | 2> {
  const { files, unreadable } = await logFilesUnder(options.paths);
  const progress = progressOn(console, files.length);
  const skipped = new Map<string, number>();
  let read = 0;
  let failed = 0;
  let alerted = 0;
  const fail = (path: string, error: unknown): void => {
    failed += 1;
    progress.clear();
    console.err(`${plain(path, 1000)}: ${plain(textOfError(error), 1000)}\n`);
  };

  for (const { path, error } of unreadable) fail(path, error);
  if (files.length === 0 && unreadable.length === 0) {
    fail(options.paths.join(', '), new Error('there is no .json and no .gz file to scan'));
  }
  for (const [at, path] of files.entries()) {
    progress.show(at, alerted);
    try {
      const { kind, judgements } = await scan(await readFile(path), criteria, undefined, path);
      if (kind !== 'records') skipped.set(kind, (skipped.get(kind) ?? 0) + 1);
      progress.clear();
      for (const [position, judgement] of judgements.entries()) {
        if (options.explains)
          console.out(`${plain(path, 1000)} call ${position + 1}: ${explain(judgement, criteria)}\n`);
        if (isTold(judgement, options.minimumSeverity)) {
          alerted += 1;
          if (!options.explains) console.out(rendered(judgement, options.format));
        }
      }
      read += 1;
    } catch (error) {
      fail(path, error);
    }
  }
  progress.clear();
  if (options.format === 'text') console.err(summaryOf(read, skipped, alerted, failed));
  if (failed > 0) return 2;
  return alerted > 0 ? 1 : 0;
}

function summaryOf(read: number, skipped: ReadonlyMap<string, number>, alerted: number, failed: number): string {
  const kinds = [...skipped].map(([kind, count]) => `${count} ${kind}`);
  const skippedFiles = [...skipped.values()].reduce((sum, count) => sum + count, 0);
  return `${[
    `${counted(read - skippedFiles, 'file')} scanned`,
    ...(kinds.length > 0 ? [`${skippedFiles} skipped as no log files (${kinds.join(', ')})`] : []),
    counted(alerted, 'alert'),
    ...(failed > 0 ? [`${failed} not read`] : []),
  ].join(', ')}\n`;
}

const counted = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;

function isTold({ alert }: Judgement, minimum: AlertSeverity): boolean {
  return alert !== undefined && compareSeverity(alert.severity, minimum) >= 0;
}

function rendered({ alert }: Judgement, format: ScanOptions['format']): string {
  if (!alert) return '';
  return format === 'json' ? `${JSON.stringify(alert.body)}\n` : `${RULER}\n${alert.email}\n`;
}

const RULER = '-'.repeat(75);

/** A line that overwrites itself, for many files and somebody who watches. */
function progressOn({ err, isInteractive }: Console, total: number) {
  const isShown = isInteractive && total > 20;
  return {
    show: (done: number, alerted: number): void => {
      if (isShown && done % 10 === 0) err(`\r${done} of ${total} files, ${alerted} alerts`);
    },
    clear: (): void => {
      if (isShown) err('\r\u001b[K');
    },
  };
}
