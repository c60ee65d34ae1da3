import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { command } from '../cli/command';
import { UsageError } from '../cli/console';
import { runProgram } from '../cli/program';
import { problemsInSettingsFile, SETTINGS_OPTION } from '../cli/settings-file';
import { SETTINGS_FILE_NAME } from '../lambda/environment';
import { REPOSITORY } from './child-process';
import { archiveOf, archiveWith } from './release/archive';
import { PARAMETERS } from './release/parameters';
import { releaseOf } from './release/template';
import { synthesizedVariants } from './release/variants';

/*
 * Writes what launches the monitor without CDK: a plain template with parameters, and the code it names.
 */

const FOLDER = path.join(REPOSITORY, 'dist', 'release');
const TEMPLATE = 'es-config-monitor.template.json';

/** CloudFormation takes a larger template from a bucket only. */
const MOST_OF_A_TEMPLATE_BODY = 51_200;

interface Written {
  readonly prefix: string;
  readonly templateBytes: number;
  /** The archive with the settings. @default - none were given */
  readonly settingsArchive?: string;
}

async function writeRelease(settings: string | undefined): Promise<Written> {
  const synthesis = mkdtempSync(path.join(tmpdir(), 'release-'));
  try {
    const { template, archives } = releaseOf(synthesizedVariants(synthesis));
    const zipped = [...archives].map(([name, folder]) => [name, archiveOf(folder)] as const);
    rmSync(FOLDER, { recursive: true, force: true });
    mkdirSync(FOLDER, { recursive: true });
    for (const [name, bytes] of zipped) writeFileSync(path.join(FOLDER, name), bytes);
    // A new version has new keys: CloudFormation takes code that lies under the same key for the same code.
    const prefix = `es-config-monitor/${digestOf(zipped.map(([, bytes]) => bytes))}/`;
    const parameters = { ...PARAMETERS, CodePrefix: { ...PARAMETERS.CodePrefix, Default: prefix } };
    const text = JSON.stringify({ ...template, Parameters: parameters });
    writeFileSync(path.join(FOLDER, TEMPLATE), text);
    const settingsArchive = settings === undefined ? undefined : await writeSettings(settings);
    return {
      prefix,
      templateBytes: Buffer.byteLength(text),
      ...(settingsArchive !== undefined && { settingsArchive }),
    };
  } finally {
    rmSync(synthesis, { recursive: true });
  }
}

/** @throws UsageError for settings that the stack would refuse */
async function writeSettings(file: string): Promise<string> {
  const problems = await problemsInSettingsFile(file);
  if (problems.length > 0) throw new UsageError(problems.join('\n'));
  const bytes = readFileSync(file);
  const name = `settings-${digestOf([bytes])}.zip`;
  writeFileSync(path.join(FOLDER, name), archiveWith(new Map([[SETTINGS_FILE_NAME, bytes]])));
  return name;
}

function digestOf(files: readonly Uint8Array[]): string {
  const hash = createHash('sha256');
  for (const bytes of files) hash.update(bytes);
  return hash.digest('hex').slice(0, 12);
}

/** The commands that launch what was written. */
function launchOf({ prefix, templateBytes, settingsArchive }: Written): string {
  const isSmall = templateBytes <= MOST_OF_A_TEMPLATE_BODY;
  const template = isSmall
    ? `--template-body file://dist/release/${TEMPLATE}`
    : `--template-url https://YOUR_BUCKET.s3.YOUR_REGION.amazonaws.com/${prefix}${TEMPLATE}`;
  const parameters = [
    'ParameterKey=CodeBucket,ParameterValue=YOUR_BUCKET',
    'ParameterKey=TrailBucketName,ParameterValue=YOUR_TRAIL_BUCKET',
    'ParameterKey=AlertEmail,ParameterValue=YOU@example.com',
    ...(settingsArchive === undefined ? [] : [`ParameterKey=SettingsArchive,ParameterValue=${settingsArchive}`]),
  ];
  return [
    `dist/release/${TEMPLATE}: ${templateBytes} bytes${isSmall ? '' : `, more than the ${MOST_OF_A_TEMPLATE_BODY} that --template-body takes`}`,
    '',
    'To launch it, with a bucket of yours in the region of the stack:',
    '',
    `aws s3 cp --recursive dist/release s3://YOUR_BUCKET/${prefix}`,
    `aws cloudformation create-stack --stack-name EsConfigMonitor --capabilities CAPABILITY_IAM ${template} --parameters ${parameters.join(' ')}`,
    '',
  ].join('\n');
}

runProgram(
  command({
    name: 'release',
    summary: 'Writes dist/release: a plain CloudFormation template that needs no CDK, and the code it launches.',
    options: { settings: SETTINGS_OPTION },
    examples: [
      { args: '', gives: 'the template, the code, and the commands that launch them' },
      { args: '--settings monitor.json', gives: 'the settings as an archive for the parameter SettingsArchive, too' },
    ],
    exitCodes: { 0: 'written', 2: 'not written' },
    async run({ options }, console) {
      console.out(launchOf(await writeRelease(options.settings)));
      return 0;
    },
  }),
);
