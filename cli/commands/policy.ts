import { readFile } from 'node:fs/promises';
import { readArn } from '../../core/base/arn';
import { textOfError } from '../../core/base/error-text';
import { isObject, memberOf, textOf } from '../../core/base/members';
import { plain } from '../../core/base/plain-text';
import { inPlainUtf8 } from '../../core/export';
import { baselineCall, statesIn } from '../../core/scan';
import { command } from '../command';
import { UsageError, type Console } from '../console';
import { DOMAIN_ARN, judgePolicy, type PolicyGiven } from '../judge-policy';
import { quoted } from '../quoted';
import { policyJson, policyText } from '../render/policy';
import { criteriaIn, SETTINGS_OPTION } from '../settings-file';

/** `policy`: whom an access policy lets in. */
export const policyCommand = command({
  name: 'policy',
  summary: 'Judges an access policy: whom it lets in, how bad that is, and one request that gets in.',
  description:
    'FILE holds the policy, or the output of describe-domain or describe-domain-config, which tells the posture as well; - is standard input.',
  operands: { name: 'FILE', least: 1, most: 1 },
  options: {
    endpoint: {
      type: 'choice',
      value: 'public|vpc',
      allowed: ['public', 'vpc'],
      description: 'how the domain is reached; without it as FILE tells, else public',
    },
    vpc: { type: 'flag', description: 'short for --endpoint vpc' },
    'fine-grained-access': { type: 'flag', description: 'the domain asks for a sign-in of its own' },
    account: { type: 'text', value: 'ID', description: 'the account of the domain; without it that of the ARN' },
    'domain-arn': { type: 'text', value: 'ARN', description: 'the domain; without it the one that the policy names' },
    settings: SETTINGS_OPTION,
    format: {
      type: 'choice',
      value: 'text|json',
      allowed: ['text', 'json'],
      default: 'text',
      description: 'for people or machines',
    },
  },
  examples: [
    { args: 'policy.json', gives: 'the verdict for a domain with a public endpoint' },
    { args: '--vpc --fine-grained-access policy.json', gives: 'the same behind a VPC and a sign-in' },
    { args: '--account 111122223333 -', gives: 'of what comes in, as from aws opensearch describe-domain-config' },
  ],
  exitCodes: {
    0: 'nobody but the own account and whom the settings trust is let in',
    1: 'others are let in',
    2: 'the policy cannot be read, or not all of it can be judged',
  },

  async run({ options, operands: [file = ''] }, console) {
    if (options.vpc && options.endpoint === 'public')
      throw new UsageError('--vpc and --endpoint public exclude each other');
    const criteria = await criteriaIn(options.settings);
    const given = await readPolicy(file, console);
    const judged = judgePolicy(given, criteria, {
      endpoint: options.vpc ? 'vpc' : options.endpoint,
      fineGrainedAccess: options['fine-grained-access'],
      accountId: accountIn(options.account),
      domainArn: arnIn(options['domain-arn']),
    });
    console.out(options.format === 'json' ? policyJson(judged) : policyText(judged, console));
    const { exposure, unreadable } = judged.verdict;
    if (exposure !== 'same-account' && exposure !== 'none') return 1;
    return unreadable.length > 0 ? 2 : 0;
  },
});

/** @throws UsageError where it cannot be read, or holds no policy */
async function readPolicy(file: string, console: Console): Promise<PolicyGiven> {
  const refused = (why: string) => new UsageError(`${quoted(file)} ${why}`);
  let text;
  try {
    const bytes = file === '-' && console.in ? await console.in() : await readFile(file);
    text = inPlainUtf8(Buffer.from(bytes)).toString('utf8');
  } catch (error) {
    throw refused(`cannot be read: ${plain(textOfError(error), 1000)}`);
  }
  if (text.trim() === '') return { policy: '' };
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw refused('is no JSON; allowed: an access policy, or the output of describe-domain or describe-domain-config');
  }
  const [state] = statesIn(document);
  if (state) {
    const arn = state.arn ?? state.arnInPolicy ?? '';
    const call = baselineCall(state, {
      name: state.name ?? readArn(arn)?.resource.replace(/^domain\//, '') ?? '',
      arn,
    });
    return { policy: policyOfState(state.answer) ?? '', state: call };
  }
  const policy = typeof document === 'string' ? document : (textOf(memberOf(document, 'Options')) ?? document);
  if (typeof policy === 'string' || (isObject(policy) && memberOf(policy, 'Statement') !== undefined))
    return { policy };
  throw refused(
    'holds no access policy; allowed: an object with Statement, or the output of describe-domain or describe-domain-config',
  );
}

const policyOfState = ({ domainStatus, domainConfig }: Readonly<Record<string, unknown>>): unknown =>
  memberOf(domainStatus, 'AccessPolicies') ?? memberOf(domainConfig, 'AccessPolicies', 'Options');

/** @throws UsageError for what is no account */
function accountIn(text: string | undefined): string | undefined {
  if (text === undefined || /^\d{12}$/.test(text)) return text;
  throw new UsageError(`--account is ${quoted(text)}; allowed: twelve digits`);
}

/** @throws UsageError for what is no ARN of a domain */
function arnIn(text: string | undefined): string | undefined {
  if (text === undefined || DOMAIN_ARN.exec(text)?.[0] === text) return text;
  throw new UsageError(`--domain-arn is ${quoted(text)}; allowed: arn:aws:es:REGION:ACCOUNT:domain/NAME`);
}
