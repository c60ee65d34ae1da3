import { App, Duration, Lazy, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { AwsSolutionsChecks, ServerlessChecks } from 'cdk-nag';
import { memberOf } from '../../core/base/members';
import { toCall } from '../../core/call';
import { changeOf, configurationAfter } from '../../core/domain';
import { judge } from '../../core/scan';
import { toCriteria } from '../../core/settings';
import { ConfigurationError } from '../../lib/configuration-error';
import { EsConfigMonitorWayBack, type EsConfigMonitorWayBackProps } from '../../lib/es-config-monitor-way-back';
import { runAutomation, type Execution, type Request } from '../support/automation';
import { checked } from '../support/alert-schema';
import { OWN, policyOf, recordOf } from '../support/records';
import { appWith } from './stack-in';

/* From the alert to the link, from the link to the document, and from the document to the calls that it makes. */

const APPROVER = `arn:aws:iam::${OWN}:role/security`;
const PROPS = { domains: ['logs'], approvers: [APPROVER] };
const OF_LOGS = `arn:aws:es:eu-west-1:${OWN}:domain/logs`;
const SETTINGS = { wayBack: { document: 'EsConfigMonitor-WayBack', domains: [OF_LOGS] } };
const VERSION = 42;

function stackOf(props: EsConfigMonitorWayBackProps = PROPS): Stack {
  const stack = new Stack(appWith(), 'WayBack', { env: { account: OWN, region: 'eu-west-1' } });
  const wayBack = new EsConfigMonitorWayBack(stack, 'WayBack', props);
  const people = new Role(stack, 'People', { assumedBy: new ServicePrincipal('ec2.amazonaws.com') });
  wayBack.grantStart(people);
  wayBack.grantApproval(people);
  return stack;
}

const template = Template.fromStack(stackOf());
const [[, document] = []] = Object.entries(template.findResources('AWS::SSM::Document'));
const content = memberOf(document, 'Properties', 'Content');

/** An update that opens the domain to everybody, as CloudTrail records it. */
const opening = (status: object = { updateVersion: VERSION, state: 'Processing' }) => ({
  ...recordOf('es_UpdateDomainConfig_open_policy'),
  requestParameters: { domainName: 'logs', accessPolicies: policyOf('*') },
  responseElements: { domainConfig: { accessPolicies: { options: policyOf('*'), status } } },
});

function linkIn(record: object, settings: object = SETTINGS): string | undefined {
  const { alert } = judge(record, toCriteria(settings));
  if (!alert) throw new Error('the record makes no alert');
  return checked(alert).body.unmapped.way_back_link;
}

/** What the console reads of a link. */
function parametersIn(link = ''): Record<string, string> {
  return Object.fromEntries(new URLSearchParams(new URL(link).hash.slice(1)));
}

const held = (version: number): unknown => ({
  DomainConfig: { AccessPolicies: { Status: { UpdateVersion: version } } },
});

/** Runs the document with what the link of the alert gives it. @param versions those of the policy, one a look */
function run(versions: readonly number[], approves?: (message: string) => boolean): Execution {
  const left = [...versions];
  const answer = ({ api }: Request): unknown => (api === 'DescribeDomainConfig' ? held(left.shift() ?? -1) : {});
  return runAutomation(content, parametersIn(linkIn(opening())), { answer, ...(approves && { approves }) });
}

const apisOf = ({ requests }: Execution): readonly string[] => requests.map(({ api }) => api);

describe('the document, run with what the link of the alert gives', () => {
  const OWN_ACCOUNT = JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      { Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${OWN}:root` }, Action: 'es:*', Resource: `${OF_LOGS}/*` },
    ],
  });

  test('approved: it looks, asks, looks again, and lets in the own account alone', () => {
    const execution = run([VERSION, VERSION]);
    expect(execution).toMatchObject({ status: 'Success', step: 'setBack' });
    expect(execution.requests).toEqual([
      { api: 'DescribeDomainConfig', input: { DomainName: 'logs' } },
      { api: 'DescribeDomainConfig', input: { DomainName: 'logs' } },
      { api: 'UpdateDomainConfig', input: { DomainName: 'logs', AccessPolicies: OWN_ACCOUNT } },
    ]);
    expect(execution.asked).toEqual([
      `es-config-monitor: the domain logs is to have this access policy: ${OWN_ACCOUNT}`,
    ]);
  });

  test('refused: nothing is changed', () => {
    const execution = run([VERSION, VERSION], () => false);
    expect(execution).toMatchObject({ status: 'Rejected', step: 'approve' });
    expect(apisOf(execution)).toEqual(['DescribeDomainConfig']);
  });

  test('changed since the alert: nobody is asked', () => {
    const execution = run([VERSION + 1]);
    expect(execution).toMatchObject({ status: 'Failed', step: 'isUnchanged', asked: [] });
    expect(apisOf(execution)).toEqual(['DescribeDomainConfig']);
  });

  test('changed while it was waited for: nothing is changed', () => {
    const execution = run([VERSION, VERSION + 1]);
    expect(execution).toMatchObject({ status: 'Failed', step: 'isStillUnchanged' });
    expect(apisOf(execution)).toEqual(['DescribeDomainConfig', 'DescribeDomainConfig']);
  });

  test.each([
    ['another domain', { DomainName: 'orders' }],
    ['a reference instead of a name', { DomainName: '{{ global:ACCOUNT_ID }}' }],
    ['a version that is none', { UpdateVersion: '42 or 43' }],
    ['a policy with a reference in it', { AccessPolicies: '{"a":"{{ DomainName }}"}' }],
    ['a policy with a letter by its number', { AccessPolicies: '{"Principal":"\\u002a"}' }],
    ['no policy', { AccessPolicies: '' }],
    ['a policy that is too long', { AccessPolicies: `{"a":"${'x'.repeat(512)}"}` }],
  ])('%s is not taken', (_, changed) => {
    const answer = (): never => {
      throw new Error('a request was made');
    };
    const parameters = { ...parametersIn(linkIn(opening())), ...changed };
    expect(() => runAutomation(content, parameters, { answer })).toThrow(/not allowed|too short or too long/);
  });
});

describe('the link', () => {
  test('is to the page that starts the document, in the region of the domain', () => {
    expect(linkIn(opening())).toMatch(
      /^https:\/\/eu-west-1\.console\.aws\.amazon\.com\/systems-manager\/automation\/execute\/EsConfigMonitor-WayBack\?region=eu-west-1#DomainName=logs&UpdateVersion=42&AccessPolicies=%7B[\w%.:-]+$/,
    );
  });

  test('gives the policy that held before, where that is known and no worse', () => {
    const earlier = opening();
    const before = toCall({
      ...earlier,
      requestParameters: { domainName: 'logs', accessPolicies: policyOf({ AWS: OWN }) },
      responseElements: { domainConfig: { accessPolicies: { options: policyOf({ AWS: OWN }) } } },
    });
    const call = toCall(opening());
    const change = call && before && changeOf(call, configurationAfter(before));
    const { alert } = judge(opening(), toCriteria(SETTINGS), change);
    expect(parametersIn(alert?.body.unmapped.way_back_link)).toMatchObject({ AccessPolicies: policyOf({ AWS: OWN }) });
  });

  test('stands in the e-mail, and chat says so', () => {
    const { alert } = judge(opening(), toCriteria(SETTINGS));
    expect(alert?.email).toContain(`Way back  ${linkIn(opening())}\n`);
    expect(alert?.message).toContain('A link in the e-mail sets the access policy back, once that is approved.');
  });

  test.each<[string, object, object]>([
    ['no settings', opening(), {}],
    ['another domain in the settings', opening(), { wayBack: { ...SETTINGS.wayBack, domains: [`${OF_LOGS}-2`] } }],
    ['no version in the record', opening({ state: 'Processing' }), SETTINGS],
    ['a version that is no number', opening({ updateVersion: '1&x=2' }), SETTINGS],
    ['a call that was denied', { ...opening(), errorCode: 'AccessDenied', responseElements: null }, SETTINGS],
    [
      'a change of something else',
      {
        ...opening(),
        requestParameters: { domainName: 'logs', domainEndpointOptions: { enforceHTTPS: false } },
      },
      SETTINGS,
    ],
  ])('is not there with %s', (_, record, settings) => {
    expect(linkIn(record, settings)).toBeUndefined();
  });
});

test('what it does is told like any other call: who approved it does not hide it', () => {
  const session = `arn:aws:sts::${OWN}:assumed-role/WayBack-WayBackRole/Automation-0a1b2c3d`;
  const record = {
    ...opening(),
    userIdentity: {
      type: 'AssumedRole',
      arn: session,
      accountId: OWN,
      sessionContext: {
        sessionIssuer: {
          type: 'Role',
          arn: `arn:aws:iam::${OWN}:role/WayBack-WayBackRole`,
          userName: 'WayBack-WayBackRole',
        },
      },
    },
    requestParameters: { domainName: 'logs', accessPolicies: policyOf({ AWS: OWN }) },
    responseElements: {
      domainConfig: { accessPolicies: { options: policyOf({ AWS: OWN }), status: { updateVersion: VERSION + 1 } } },
    },
  };
  const { alert, disposition } = judge(record, toCriteria(SETTINGS));
  expect(disposition).toBe('alerted');
  expect(alert?.email).toContain('WayBack-WayBackRole');
  expect(alert?.email).not.toContain('Way back');
});

describe('the construct', () => {
  test('may look at the domains named and change them, and ask its topic, nothing else', () => {
    const policies = Object.entries(template.findResources('AWS::IAM::Policy'));
    const [, policy] = policies.find(([id]) => id.startsWith('WayBackRole')) ?? [];
    expect(memberOf(policy, 'Properties', 'PolicyDocument', 'Statement')).toEqual([
      {
        Effect: 'Allow',
        Action: ['es:DescribeDomainConfig', 'es:UpdateDomainConfig'],
        Resource: OF_LOGS,
      },
      {
        Effect: 'Allow',
        Action: 'sns:Publish',
        Resource: { Ref: expect.stringMatching(/^WayBackApprovals/) as unknown },
      },
    ]);
  });

  test('is used by Systems Manager for its own account alone', () => {
    template.hasResourceProperties('AWS::IAM::Role', {
      AssumeRolePolicyDocument: {
        Statement: [
          {
            Effect: 'Allow',
            Action: 'sts:AssumeRole',
            Principal: { Service: 'ssm.amazonaws.com' },
            Condition: {
              StringEquals: { 'aws:SourceAccount': OWN },
              ArnLike: { 'aws:SourceArn': Match.anyValue() },
            },
          },
        ],
      },
    });
  });

  test('names its topic as Systems Manager asks, and encrypts it', () => {
    template.hasResourceProperties('AWS::SNS::Topic', {
      TopicName: Match.stringLikeRegexp('^Automation-'),
      KmsMasterKeyId: Match.anyValue(),
    });
  });

  test('asks those who approve, for an hour', () => {
    expect(memberOf(content, 'mainSteps')).toMatchObject([
      { name: 'isUnchanged' },
      { name: 'approve', timeoutSeconds: 3600, inputs: { Approvers: [APPROVER], MinRequiredApprovals: 1 } },
      { name: 'isStillUnchanged' },
      { name: 'setBack', isEnd: true },
    ]);
  });

  test('has no finding of cdk-nag', () => {
    const stack = new Stack(appWith(), 'WayBack');
    new EsConfigMonitorWayBack(stack, 'WayBack', PROPS);
    const findings = [new AwsSolutionsChecks(), new ServerlessChecks()].flatMap(
      (pack) => pack.validateScope(stack).violations,
    );
    expect(findings).toEqual([]);
  });

  test('refuses approvers by a pattern, and more approvals than there are people', () => {
    const props = {
      domains: ['logs'],
      approvers: [APPROVER, APPROVER, `arn:aws:iam::${OWN}:role/*`],
      requiredApprovals: 3,
    };
    expect(() => new EsConfigMonitorWayBack(new Stack(new App(), 'S'), 'W', props)).toThrow(
      new ConfigurationError([
        `'approvers' has "arn:aws:iam::${OWN}:role/*"; allowed: ARNs of IAM roles and users`,
        "'requiredApprovals' is 3; allowed: 1 to the number of approvers, 2",
      ]),
    );
  });

  test('refuses what could not work, all at once', () => {
    const props = {
      domains: ['logs', 'arn:aws:es:x'],
      approvers: ['security'],
      requiredApprovals: 2,
      approveWithin: Duration.seconds(5),
      documentName: 'way back',
    };
    const create = (): unknown => new EsConfigMonitorWayBack(new Stack(new App(), 'S'), 'W', props);
    expect(create).toThrow(ConfigurationError);
    expect(create).toThrow(
      new ConfigurationError([
        `'domains' has "arn:aws:es:x"; allowed: names of 3 to 28 of a-z, 0-9 and -`,
        `'approvers' has "security"; allowed: ARNs of IAM roles and users`,
        "'requiredApprovals' is 2; allowed: 1 to the number of approvers, 1",
        "'approveWithin' is PT5S; allowed: one minute to 30 days, in whole seconds",
        `'documentName' is "way back"; allowed: 3 to 128 letters, digits and ._-`,
      ]),
    );
  });

  const ONE_MEMBER = '; allowed: domains, approvers, requiredApprovals, subscribers, approveWithin, documentName';

  test.each<[string, unknown, readonly string[]]>([
    ['nothing', undefined, ['the props must be an object, got undefined']],
    ['no members', {}, ["'domains' is missing", "'approvers' is missing"]],
    ['a text for a list', { ...PROPS, domains: 'logs' }, [`'domains' must be a list of names of domains, got "logs"`]],
    [
      'lists of something else',
      { domains: [null], approvers: [1] },
      [
        "'domains' must be a list of names of domains, got [null]",
        "'approvers' must be a list of ARNs of IAM roles and users, got [1]",
      ],
    ],
    [
      'a text for a time',
      { ...PROPS, approveWithin: '1h' },
      [`'approveWithin' must be a Duration, such as Duration.hours(1), got "1h"`],
    ],
    [
      'half a second',
      { ...PROPS, approveWithin: Duration.millis(61_500) },
      ["'approveWithin' is PT1M1.5S; allowed: one minute to 30 days, in whole seconds"],
    ],
    [
      'a time that is not known yet',
      { ...PROPS, approveWithin: Duration.hours(Lazy.number({ produce: () => 1 })) },
      [`'approveWithin' must be a Duration, such as Duration.hours(1), got "what only the deployment knows"`],
    ],
    [
      'no number of approvals',
      { ...PROPS, requiredApprovals: Number.NaN },
      ["'requiredApprovals' is NaN; allowed: 1 to the number of approvers, 1"],
    ],
    [
      'an address for a subscription',
      { ...PROPS, subscribers: ['a@example.com'] },
      [`'subscribers' must be a list of classes of aws-cdk-lib/aws-sns-subscriptions, got ["a@example.com"]`],
    ],
    [
      'names that are none',
      { ...PROPS, approver: [APPROVER], x: 1 },
      [`"approver" is no setting; did you mean approvers?`, `"x" is no setting${ONE_MEMBER}`],
    ],
  ])('refuses %s, from code that is not type-checked', (_, props, problems) => {
    const create = (): unknown =>
      new EsConfigMonitorWayBack(new Stack(new App(), 'S'), 'W', props as EsConfigMonitorWayBackProps);
    expect(create).toThrow(new ConfigurationError(problems));
  });

  test('refuses what a class has as its members', () => {
    class Props {
      get domains() {
        return ['Not a name'];
      }
      get approvers() {
        return [APPROVER];
      }
    }
    expect(() => new EsConfigMonitorWayBack(new Stack(new App(), 'S'), 'W', new Props())).toThrow(
      new ConfigurationError([`'domains' has "Not a name"; allowed: names of 3 to 28 of a-z, 0-9 and -`]),
    );
  });

  test('takes what only the deployment knows', () => {
    const known = (text: string): string => Lazy.string({ produce: () => text });
    const stack = new Stack(appWith(), 'WayBack');
    new EsConfigMonitorWayBack(stack, 'WayBack', {
      domains: [known('logs')],
      approvers: [known(APPROVER)],
      documentName: known('WayBackOfLogs'),
    });
    Template.fromStack(stack).hasResourceProperties('AWS::SSM::Document', {
      Name: 'WayBackOfLogs',
      Content: { parameters: { DomainName: { allowedValues: ['logs'] } } },
    });
  });
});
