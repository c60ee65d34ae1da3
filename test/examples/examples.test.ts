import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { context as featureFlags } from '../../cdk.json';
import { problemsIn } from '../../core/settings';
import { readSettingsText } from '../../core/settings-text';
import { ROOT } from '../support/root';

const FOLDER = path.join(ROOT, 'examples');
const EXAMPLES = readdirSync(FOLDER).filter((name) => name.endsWith('.ts'));

const folder = mkdtempSync(path.join(tmpdir(), 'es-config-monitor-'));
afterAll(() => rmSync(folder, { recursive: true }));

interface Synthesized {
  readonly status: number | null;
  readonly stderr: string;
  readonly assembly: string;
}

/** Runs an example as the command line of CDK would, from its own folder. */
function synthesize(name: string): Promise<Synthesized> {
  const assembly = path.join(folder, name);
  const child = spawn(process.execPath, ['--import', 'tsx', name], {
    cwd: FOLDER,
    env: {
      PATH: process.env['PATH'],
      CDK_VALIDATION: 'false',
      CDK_OUTDIR: assembly,
      CDK_CONTEXT_JSON: JSON.stringify({ ...featureFlags, 'aws:cdk:bundling-stacks': [] }),
    },
  });
  let stderr = '';
  child.stderr.on('data', (data: Buffer) => (stderr += data.toString()));
  return new Promise((resolve) => child.once('close', (status) => resolve({ status, stderr, assembly })));
}

test.each(EXAMPLES)(
  '%s is an app that synthesizes a monitor',
  async (name) => {
    const { status, stderr, assembly } = await synthesize(name);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    const [template = ''] = readdirSync(assembly).filter((file) => file.endsWith('.template.json'));
    const { Resources } = JSON.parse(readFileSync(path.join(assembly, template), 'utf8')) as {
      Resources: Record<string, { Type: string }>;
    };
    const types = Object.values(Resources).map(({ Type }) => Type);
    expect(types.filter((type) => type === 'AWS::SNS::Topic')).toHaveLength(5);
    expect(types.filter((type) => type === 'AWS::SNS::Subscription').length).toBeGreaterThan(0);
  },
  60_000,
);

test('the settings file of an example is right', () => {
  const settings = readSettingsText(readFileSync(path.join(FOLDER, 'monitor.json'), 'utf8'));
  expect(problemsIn(settings, '2026-11-28')).toEqual([]);
});
