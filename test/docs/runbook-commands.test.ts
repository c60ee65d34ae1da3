import { spawn } from 'node:child_process';
import { chmodSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import answers from '../fixtures/aws-answers.json';
import { commandsOfPage } from '../../local/commands-check/commands';
import { recordNamed } from '../support/golden';
import { temporaryFolder } from '../support/log-files';
import { ROOT } from '../support/root';

/*
 * Every command of the runbook, copied into a shell. `aws` is a stand-in that answers what was recorded; what the commands ask
 * for, and what they show of it, `npm run commands:check` has the AWS CLI itself say.
 */

const { at, file, logFile } = temporaryFolder();

const RECORD = recordNamed('policy-opened-to-everyone');
const EVENT = { EventId: 'x', EventTime: 1_763_647_260, CloudTrailEvent: JSON.stringify(RECORD) };
const RECORDED: Readonly<Record<string, unknown>> = { ...answers, 'cloudtrail lookup-events': { Events: [EVENT] } };

const AWS = `#!${process.execPath}
const { copyFileSync } = require('node:fs');
const [service, operation, from, to] = process.argv.slice(2);
const answers = JSON.parse(require('node:fs').readFileSync(__dirname + '/answers.json', 'utf8'));
const answer = answers[service + ' ' + operation];
if (service === 's3' && operation === 'cp') copyFileSync(__dirname + '/log-file.json.gz', to + '/' + from.split('/').at(-1));
else if (answer === undefined) throw new Error('no answer is recorded of ' + service + ' ' + operation + ' in test/fixtures/aws-answers.json');
else console.log(JSON.stringify(answer, undefined, 4));
`;

/** CloudTrail, for what asks it by the SDK. */
const cloudTrail = createServer((request, response) => {
  request.resume().on('end', () => {
    response.setHeader('content-type', 'application/x-amz-json-1.1');
    response.end(JSON.stringify({ Events: [EVENT] }));
  });
});
beforeAll(() => new Promise<void>((resolve) => cloudTrail.listen(0, '127.0.0.1', resolve)));
afterAll(() => cloudTrail.close());

/** Runs a command in a folder with a file `a.json.gz` and the scripts of a clone. */
function pasted(
  command: string,
): Promise<{ readonly code: number | null; readonly out: string; readonly err: string }> {
  file('bin/aws', AWS);
  chmodSync(at('bin', 'aws'), 0o755);
  file('bin/answers.json', JSON.stringify(RECORDED));
  logFile('bin/log-file.json.gz', RECORD);
  logFile('a.json.gz', RECORD);
  const scripts = { cli: `node ${path.join(ROOT, 'local', 'command-line.mjs')}` };
  writeFileSync(at('package.json'), JSON.stringify({ scripts }));
  const env = {
    ...process.env,
    PATH: `${at('bin')}${path.delimiter}${process.env['PATH'] ?? ''}`,
    AWS_ENDPOINT_URL: `http://127.0.0.1:${(cloudTrail.address() as AddressInfo).port}`,
    AWS_ACCESS_KEY_ID: 'AKIAEXAMPLE',
    AWS_SECRET_ACCESS_KEY: 'example',
  };
  const child = spawn('sh', ['-c', command], { cwd: at(), env });
  let [out, err] = ['', ''];
  child.stdout.on('data', (data: Buffer) => (out += data.toString()));
  child.stderr.on('data', (data: Buffer) => (err += data.toString()));
  return new Promise((resolve) => child.on('close', (code) => resolve({ code, out, err })));
}

const COMMANDS = commandsOfPage('runbook.md');
const isOurs = (command: string): boolean => command.includes('npm run -s cli');

test('the commands are there to be found', () => {
  expect(COMMANDS.length).toBeGreaterThan(20);
  expect(COMMANDS.filter(isOurs).map((command) => /cli -- (\w+)/.exec(command)?.[1])).toEqual(
    expect.arrayContaining(['explain', 'history', 'scan']),
  );
});

test.each(COMMANDS.filter((command) => !isOurs(command)))('%s is answered', async (command) => {
  expect(await pasted(command)).toMatchObject({ code: 0, err: '' });
});

test('a message is sent to the queue of log files before it is deleted, and where there is none nothing is', async () => {
  const moving = COMMANDS.find((command) => command.includes('delete-message')) ?? '';
  const { out } = await pasted(moving);
  expect(out).toContain('MD5OfMessageBody');
  expect(moving.indexOf('send-message')).toBeLessThan(moving.indexOf('delete-message'));
  // The AWS CLI prints nothing then.
  const none = moving.replace(/^aws sqs receive-message .*? > /, 'true > ');
  expect(none).toMatch(/^true > message\.json && /);
  expect(await pasted(none)).toEqual({ code: 1, out: '', err: '' });
});

test.each(COMMANDS.filter(isOurs))(
  '%s tells of the call',
  async (command) => {
    const { code, out } = await pasted(command);
    expect([0, 1]).toContain(code);
    expect(out).toContain('access-policy-public');
    expect(out).toContain('UpdateDomainConfig');
  },
  60_000,
);
