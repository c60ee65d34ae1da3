import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ROOT } from '../support/root';

/** Who may import what: a file that would be new, and what it imports. */
const WRONG = [
  ['core/scan', '../../lambda/monitor'],
  ['core/scan', '../../cli/console'],
  ['core/scan', '../../lib/arns'],
  ['core/scan', '../../test/support/records'],
  ['core/scan', '../call/caller'],
  ['core/scan', '../rules/kit/attack'],
  ['core/scan', '@aws-sdk/client-s3'],
  ['core/scan', 'aws-cdk-lib/aws-sns'],
  ['core/scan', 'node:fs'],
  ['core/scan', 'node:process'],
  ['core/rules/kit', '../../call/caller'],
  ['core/rules/kit', '../../../lambda/monitor'],
  ['core/rules/kit', '../../rules/kit/attack'],
  ['cli', '../core/rules/kit/attack'],
  ['core/base', '../call'],
  ['lambda', '../cli/console'],
  ['lambda', '../lib/arns'],
  ['lambda', '../core/call/caller'],
  ['lambda', 'aws-cdk-lib'],
  ['lambda/delivery', '../../core/call/caller'],
  ['cli', '../core/scan/judge'],
  ['cli', '../lib/arns'],
  ['cli/commands', '../../lambda/environment'],
  ['cli/commands', 'constructs'],
  ['lib', '../lambda/monitor'],
  ['lib', '../cli/console'],
  ['lib', '../core/call/catalogue'],
  ['lib/context', '../../lambda/delivery'],
  ['bin', '../core/scan'],
  ['bin', '../lambda/monitor'],
] as const;

/** The nearest ones that are right. */
const RIGHT = [
  ['core/scan', '../call'],
  ['core/scan', '../base/arn'],
  ['core/scan', './judge'],
  ['core/scan', 'node:crypto'],
  ['core/rules/kit', '../../call'],
  ['core/rules/kit', '../../base/arn'],
  ['core/rules/kit', './rule'],
  ['core/settings/problems', '../settings'],
  ['core/base', './arn'],
  ['lambda', '../core/call'],
  ['lambda', '@aws-sdk/client-s3'],
  ['lambda/delivery', '../../core/base/arn'],
  ['cli', '../core/scan'],
  ['lib', '../lambda/environment'],
  ['lib/context', '../../core/settings'],
  ['bin', '../lib/context'],
  ['local', '../core/scan/judge'],
  ['test/support', '../../core/scan/judge'],
  ['examples', '../lib/es-config-monitor-stack'],
] as const;

/** The planted files that the project's linter objects to, each by its imports alone. */
function refused(planted: readonly (readonly [folder: string, imported: string])[]): ReadonlySet<string> {
  const root = mkdtempSync(path.join(tmpdir(), 'layers-'));
  try {
    copyFileSync(path.join(ROOT, '.oxlintrc.json'), path.join(root, '.oxlintrc.json'));
    for (const [at, [folder, imported]] of planted.entries()) {
      mkdirSync(path.join(root, folder), { recursive: true });
      writeFileSync(path.join(root, folder, `planted-${at}.ts`), `export * from '${imported}';\n`);
    }
    const linter = path.join(ROOT, 'node_modules', 'oxlint', 'bin', 'oxlint');
    const flags = ['--allow=all', '--deny=no-restricted-imports', '--format=unix', '.'];
    const { stdout, error } = spawnSync(process.execPath, [linter, ...flags], { cwd: root, encoding: 'utf8' });
    if (error) throw error;
    return new Set(
      [...stdout.matchAll(/planted-(\d+)\.ts:/g)].map(([, at]) => planted[Number(at)]?.join(' imports ') ?? ''),
    );
  } finally {
    rmSync(root, { recursive: true });
  }
}

const claims = (planted: readonly (readonly [string, string])[]): ReadonlySet<string> =>
  new Set(planted.map((each) => each.join(' imports ')));

test('the linter refuses an import against the layers', () => {
  expect(refused(WRONG)).toEqual(claims(WRONG));
});

test('the linter lets the nearest right imports be', () => {
  expect(refused(RIGHT)).toEqual(new Set());
});

const filesUnder = (folder: string): readonly string[] =>
  readdirSync(path.join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => path.join(folder, name));

test('core asks no clock, no chance and no process', () => {
  const impure = /\bDate\.now\(|new Date\(\)|\bMath\.random\(|\bprocess\.|\bperformance\./;
  expect(filesUnder('core').filter((file) => impure.test(readFileSync(path.join(ROOT, file), 'utf8')))).toEqual([]);
});

test.each(['core', 'lambda'])('every room of %s says at its door what it is', (floor) => {
  const doors = filesUnder(floor).filter((file) => path.basename(file) === 'index.ts');
  expect(doors.length).toBeGreaterThan(2);
  const silent = doors.filter((file) => !readFileSync(path.join(ROOT, file), 'utf8').startsWith('/* '));
  expect(silent).toEqual([]);
});

test('every room of core has a door, but the ground floor', () => {
  const rooms = readdirSync(path.join(ROOT, 'core'));
  const closed = rooms.filter(
    (room) => !filesUnder(path.join('core', room)).includes(path.join('core', room, 'index.ts')),
  );
  expect(closed).toEqual(['base']);
});
