import { strict as assert } from 'node:assert';
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ListTablesCommand } from '@aws-sdk/client-dynamodb';
import { PutObjectCommand } from '@aws-sdk/client-s3';
import { ListTopicsCommand } from '@aws-sdk/client-sns';
import { ListQueuesCommand } from '@aws-sdk/client-sqs';
import { command } from '../cli/command';
import { runProgram } from '../cli/program';
import { readAssembly } from './assembly';
import { endOf, outputOf, REPOSITORY, WITH_TYPESCRIPT } from './child-process';
import { openClosers, type Closers } from './closers';
import { publishAssets } from './deploy-check/assets';
import { clientsOf, type Aws } from './deploy-check/aws';
import { Missing, startEmulator } from './deploy-check/emulator';
import { HIDES_SCRATCH, ORDERS, type OrderName } from './deploy-check/orders';
import { copyRelease, writeRelease } from './deploy-check/release';
import { SCENARIOS } from './deploy-check/scenarios';
import { stacksIn } from './deploy-check/stacks';
import { NAMES, SUBSCRIBERS, SURROUNDINGS } from './deploy-check/surroundings';
import { NOT_SHOWN, withoutUnknown } from './deploy-check/unknown';
import type { World } from './deploy-check/world';
import type { Template } from './template';
import { openTerminal, type Terminal } from './terminal';

/** Deploys what is ordered, in every scenario, and asserts that nothing but what is kept is left in the end. */
async function check(terminal: Terminal, closers: Closers): Promise<void> {
  const folder = mkdtempSync(path.join(tmpdir(), 'es-config-monitor-deploy-'));
  closers.add(() => rmSync(folder, { recursive: true, force: true }));
  const emulator = await terminal.step(
    'start the emulator',
    () => startEmulator(closers),
    () => 'ministack, IAM enforced',
  );
  const [release] = await terminal.step(
    'synthesize, and write the release',
    () => Promise.all([writeRelease(folder, HIDES_SCRATCH), synthesize(folder)]),
    () => `${Object.keys(ORDERS).length} templates, and the plain one`,
  );
  const aws = clientsOf(emulator, closers);
  const stacks = stacksIn(aws.stacks);
  await stacks.create('Surroundings', SURROUNDINGS);

  const leftOut = new Set<string>();
  const facts: string[] = [];
  const known = (template: Template): Template => {
    const { known: rest, leftOut: more } = withoutUnknown(template);
    for (const one of more) leftOut.add(one);
    return rest;
  };
  const world: World = {
    aws,
    stacks,
    endpoint: emulator.endpoint,
    tell: (fact) => facts.push(fact),
    async deployed(name, change = (template) => template) {
      const assembly = readAssembly(ORDERS[name].stackName, path.join(folder, name));
      await publishAssets(aws.s3, NAMES.assets, assembly, emulator.python);
      const Key = `${name}.template.json`;
      const Body = JSON.stringify(known(change(assembly.template)));
      await aws.s3.send(new PutObjectCommand({ Bucket: NAMES.assets, Key, Body }));
      return { TemplateURL: `${emulator.endpoint}/${NAMES.assets}/${Key}` };
    },
    async released() {
      const key = await copyRelease(aws.s3, NAMES.code, release, known(release.template));
      return { TemplateURL: `${emulator.endpoint}/${NAMES.code}/${key}`, settingsArchive: release.settingsArchive };
    },
  };
  try {
    for (const [name, scenario] of Object.entries(SCENARIOS)) {
      await terminal.step(
        name,
        () => scenario(world),
        () => '',
      );
    }
    await assertNothingIsLeft(aws);
  } catch (error) {
    terminal.line(`the emulator said at last:\n${emulator.log().slice(-MOST_LOGGED)}`);
    throw error;
  }
  terminal.line();
  for (const fact of facts) terminal.line(`  shown: ${fact}`);
  terminal.line(
    `  shown: nothing is left of ${Object.keys(SCENARIOS).length} stacks but tables, logs and the buckets of a trail`,
  );
  for (const one of leftOut) terminal.line(`  not shown: ${one}: the emulator does not know it`);
  for (const one of NOT_SHOWN) terminal.line(`  not shown: ${one}`);
}

/** Characters of the emulator's log beside an error. */
const MOST_LOGGED = 6000;

/** A process of its own: synthesis blocks. */
async function synthesize(folder: string): Promise<void> {
  const orders = (Object.keys(ORDERS) as OrderName[]).map((name) => ({
    ...ORDERS[name],
    folder: path.join(folder, name),
  }));
  const file = path.join(folder, 'orders.json');
  writeFileSync(file, JSON.stringify(orders));
  const script = path.join(__dirname, 'deploy-check', 'app.ts');
  const child = spawn(process.execPath, [...WITH_TYPESCRIPT, script, file], {
    cwd: REPOSITORY,
    env: { ...process.env, CDK_VALIDATION: 'false' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const output = outputOf(child);
  await new Promise<void>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) => {
      if (code === 0) resolve();
      else reject(new Error(`the stacks were not synthesized (${endOf(code, signal)}): ${output()}`));
    });
  });
}

async function assertNothingIsLeft({ sqs, sns, tables }: Aws): Promise<void> {
  const { QueueUrls = [] } = await sqs.send(new ListQueuesCommand({}));
  const { Topics = [] } = await sns.send(new ListTopicsCommand({}));
  const { TableNames = [] } = await tables.send(new ListTablesCommand({}));
  const lastOf = (text = ''): string => text.split(/[:/]/).at(-1) ?? '';
  assert.deepEqual(QueueUrls.map(lastOf).sort(), [...SUBSCRIBERS, NAMES.theirs].sort());
  assert.deepEqual(
    Topics.map(({ TopicArn }) => lastOf(TopicArn)),
    [NAMES.topic],
  );
  assert.equal(TableNames.length, Object.keys(SCENARIOS).length);
}

runProgram(
  command({
    name: 'test:deploy',
    summary: 'Deploys the stack on an emulator of AWS with IAM enforced: creates, alerts, updates, deletes.',
    description:
      'pip installs the emulator (ministack, pinned) into a temporary folder. It needs Python 3.10 or later and openssl; where these\n' +
      'are missing it says so, and nothing is shown.',
    options: {},
    examples: [
      { args: '', gives: 'what was shown, and what the emulator cannot show' },
      { args: '--help', gives: 'this text, and nothing is started' },
    ],
    exitCodes: { 0: 'everything went as it should, or the emulator cannot be had here', 1: 'something did not' },
    async run(_, { out, err }) {
      const terminal = openTerminal(process.stdout, process.env);
      const closers = openClosers();
      // The emulator is in a group of its own, which no Ctrl-C reaches.
      for (const signal of ['SIGINT', 'SIGTERM'] as const) {
        process.once(signal, () => void closers.close().finally(() => process.exit(1)));
      }
      try {
        await check(terminal, closers);
        return 0;
      } catch (error) {
        if (error instanceof Missing) {
          out(`SKIPPED, nothing was deployed: ${error.message}\n`);
          return 0;
        }
        err(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
        return 1;
      } finally {
        await closers.close();
      }
    },
  }),
);
