import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { context as featureFlags } from '../../cdk.json';

const folder = mkdtempSync(path.join(tmpdir(), 'es-config-monitor-'));
afterAll(() => rmSync(folder, { recursive: true }));

describe('the app', () => {
  function run(context: Readonly<Record<string, unknown>>): { status: number | null; stderr: string } {
    const all = { ...featureFlags, 'aws:cdk:bundling-stacks': [], ...context };
    return spawnSync(process.execPath, ['--import', 'tsx', 'bin/app.ts'], {
      encoding: 'utf8',
      env: {
        PATH: process.env['PATH'],
        CDK_VALIDATION: 'false',
        CDK_OUTDIR: folder,
        CDK_CONTEXT_JSON: JSON.stringify(all),
      },
    });
  }

  test('synthesizes the stack that the context describes, without credentials', () => {
    expect(run({ trailBucketName: 'my-trail', alertEmail: 'a@example.com' })).toMatchObject({ status: 0 });
    const template = readFileSync(path.join(folder, 'EsConfigMonitor.template.json'), 'utf8');
    expect(template).toContain('"my-trail"');
  }, 30_000);

  test('stops at a misspelt event name, says what is wrong, and shows no stack trace', () => {
    const { status, stderr } = run({ watchedEvents: 'CreateDomian' });
    expect(status).toBe(1);
    expect(stderr.trim().split('\n')).toEqual([
      'es-config-monitor cannot be deployed like this:',
      expect.stringMatching(/^- .*"CreateDomian".*; did you mean CreateDomain/),
    ]);
  }, 30_000);
});
