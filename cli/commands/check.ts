import { DEFAULT_PREFIX } from '../../core/notification';
import { plain } from '../../core/base/plain-text';
import { ALERT_SEVERITIES } from '../../core/base/severity';
import { command, type Given } from '../command';
import { note, UsageError, type Console } from '../console';
import { declarationsIn, type DeploymentGiven } from '../declarations';
import type { Options } from '../options';
import { precheckOf, reaches, type Precheck } from '../precheck';
import { quoted } from '../quoted';
import { precheckExplanations } from '../render/precheck-explain';
import { precheckJson } from '../render/precheck-json';
import { precheckMarkdown } from '../render/precheck-markdown';
import { precheckSarif } from '../render/precheck-sarif';
import { precheckTally, precheckText } from '../render/precheck-text';
import { criteriaIn, problemsInSettingsFile, SETTINGS_OPTION } from '../settings-file';

const FORMATS = {
  text: precheckText,
  json: precheckJson,
  sarif: (precheck) => `${JSON.stringify(precheckSarif(precheck), undefined, 2)}\n`,
  markdown: precheckMarkdown,
} as const satisfies Readonly<Record<string, (precheck: Precheck, console: Console) => string>>;

const OPTIONS = {
  format: {
    type: 'choice',
    value: 'text|json|sarif|markdown',
    allowed: ['text', 'json', 'sarif', 'markdown'],
    default: 'text',
    description: 'for people, for machines, SARIF 2.1.0 for code scanning, or a comment on a pull request',
  },
  'fail-on': {
    type: 'choice',
    value: 'LEVEL',
    allowed: ALERT_SEVERITIES,
    default: 'LOW',
    description: `${ALERT_SEVERITIES.join(', ')}: what is milder is told, and ends with 0`,
  },
  before: {
    type: 'text',
    value: 'FILE',
    description: 'the template that is deployed now: what does not change is no news',
  },
  parameter: {
    type: 'texts',
    value: 'NAME=VALUE',
    description: 'a parameter of the templates; may be given more than once',
  },
  account: { type: 'text', value: 'ID', description: 'the account of the deployment, where the files do not tell it' },
  'pass-over': {
    type: 'flag',
    description: 'pass over files that declare nothing, as those in folders: for hooks that name every file',
  },
  'log-file-prefix': {
    type: 'text',
    value: 'PREFIX',
    default: DEFAULT_PREFIX,
    description: "of a bucket's notifications: what the keys of log files start with",
  },
  region: { type: 'text', value: 'REGION', description: 'its Region, likewise' },
  explain: { type: 'flag', description: 'tell of every resource why it is or is not objected to' },
  settings: SETTINGS_OPTION,
} as const satisfies Options;

/** `check`: what is wrong with settings, and with what is to be deployed. */
export const checkCommand = command({
  name: 'check',
  summary:
    'Judges domains before they are deployed: templates, cloud assemblies, plans. Without a PATH it checks settings.',
  description:
    'PATH is a CloudFormation template, a folder of cdk synth, a plan by terraform show -json, a change set by describe-change-set --include-property-values, or a folder with such files; - is standard input. Of the answer of aws s3api get-bucket-notification-configuration it tells what S3 would refuse beside the notification of a monitor.\nWithout a PATH it tells what is wrong with the settings, as synthesis would.',
  operands: { name: 'PATH', least: 0, most: 'any number' },
  options: OPTIONS,
  examples: [
    { args: 'template.yaml', gives: 'what the alerts would say if it were deployed' },
    { args: '--fail-on HIGH --format sarif cdk.out', gives: 'the same for code scanning; fails from HIGH on' },
    { args: '--before deployed.yaml template.yaml', gives: 'what a deployment would change' },
    { args: '--settings monitor.json', gives: 'every problem of settings in a line, with what is allowed instead' },
    { args: '--quiet --settings monitor.json', gives: 'nothing where all is well: for a pipeline' },
  ],
  exitCodes: {
    0: 'nothing to object to, or nothing as severe as --fail-on',
    1: 'something as severe as --fail-on, or something is wrong with the settings',
    2: 'something cannot be read, and the rest was judged',
  },

  async run({ options, operands }, console) {
    return operands.length === 0
      ? checkSettings(options.settings, console)
      : checkDeclarations({ options, operands }, console);
  },
});

async function checkSettings(settings: string | undefined, console: Console): Promise<number> {
  if (settings === undefined) throw new UsageError('nothing to check; allowed: a PATH, or --settings FILE');
  const problems = await problemsInSettingsFile(settings);
  for (const problem of problems) console.out(`${problem}\n`);
  if (problems.length === 0 && console.loudness !== 'quiet')
    console.out(`${plain(settings, 1000)}: nothing is wrong\n`);
  return problems.length > 0 ? 1 : 0;
}

async function checkDeclarations({ options, operands }: Given<typeof OPTIONS>, console: Console): Promise<number> {
  const { format, explain } = options;
  if (explain && format !== 'text')
    throw new UsageError(`--explain is a text for people and does not go with --format ${format}`);
  const criteria = await criteriaIn(options.settings);
  const declarations = await declarationsIn(operands, givenBy(options), console);
  const precheck = precheckOf(declarations, criteria, new Date().toISOString());
  console.out(explain ? precheckExplanations(precheck, criteria) : FORMATS[format](precheck, console));
  for (const { name, why } of precheck.unread) console.err(`${name}: ${why}\n`);
  if (format === 'text') note(console, precheckTally(precheck));
  if (precheck.unread.length > 0) return 2;
  return reaches(precheck, options['fail-on']) ? 1 : 0;
}

/** @throws UsageError for an account or a parameter that is none */
function givenBy({
  account,
  region,
  parameter,
  before,
  'log-file-prefix': logFilePrefix,
  'pass-over': isPassingOver,
}: Given<typeof OPTIONS>['options']): DeploymentGiven {
  if (account !== undefined && !/^\d{12}$/.test(account))
    throw new UsageError(`--account is ${quoted(account)}; allowed: twelve digits`);
  const parameters = parameter.map((text): [string, string] => {
    const [, name, value] = /^([^=]+)=(.*)$/s.exec(text) ?? [];
    if (name === undefined || value === undefined)
      throw new UsageError(`--parameter is ${quoted(text)}; allowed: NAME=VALUE`);
    return [name, value];
  });
  return { accountId: account, region, parameters: new Map(parameters), before, isPassingOver, logFilePrefix };
}
