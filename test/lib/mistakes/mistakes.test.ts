import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Stack } from 'aws-cdk-lib';
import { EsConfigMonitor } from '../../../lib/es-config-monitor';
import { ConfigurationError } from '../../../lib/configuration-error';
import { settingsFrom } from '../../../lib/context/file';
import type { EsConfigMonitorProps } from '../../../lib/es-config-monitor-props';
import { problemsWith } from '../context/in-context';
import { appWith, problemsOf } from '../stack-in';
import { CONTEXT_MISTAKES } from './context';
import { PROPS_MISTAKES } from './props';
import { NAMELESS, SETTINGS_MISTAKES } from './settings';

const folder = mkdtempSync(path.join(tmpdir(), 'es-config-monitor-'));
afterAll(() => rmSync(folder, { recursive: true }));

function fileOf(settings: object): string {
  const file = path.join(folder, 'monitor.json');
  writeFileSync(file, JSON.stringify(settings));
  return file;
}

/** What is told of the props of a construct in somebody's own stack. */
function toldOf(props: (stack: Stack) => unknown): readonly string[] {
  const stack = new Stack(appWith(), 'Own');
  try {
    new EsConfigMonitor(stack, 'Monitor', props(stack) as EsConfigMonitorProps);
  } catch (error) {
    if (error instanceof ConfigurationError) return error.problems;
    throw error;
  }
  return [];
}

test('the lists are about as long as the mistakes that people have made', () => {
  expect(SETTINGS_MISTAKES.length + PROPS_MISTAKES.length + CONTEXT_MISTAKES.length).toBeGreaterThan(80);
});

describe.each(SETTINGS_MISTAKES.map((mistake) => [JSON.stringify(mistake.settings), mistake] as const))(
  'the settings %s',
  (_, { settings, told }) => {
    test('are told alike in code, in the stack, and in a file', () => {
      expect(toldOf(() => settings)).toEqual(told);
      expect(problemsOf(settings)).toEqual(told);
      expect(problemsWith({ config: fileOf(settings) })).toEqual(told);
    });
  },
);

test('a name that is nothing like a setting is told with all there are, of which code has more', () => {
  expect(problemsWith({ config: fileOf(NAMELESS.settings) })).toEqual(NAMELESS.told);
  const [told = ''] = toldOf(() => NAMELESS.settings);
  expect(told).toMatch(
    /^"foo" is no setting; allowed: trailBucket, .*, watchedEvents, .*, watchPatterns, accounts, domains, wayBack$/,
  );
});

test('a file that code reads is told of by the same sentences', () => {
  expect(() => settingsFrom(fileOf({ trustedAcounts: [] }))).toThrow(
    new ConfigurationError(['"trustedAcounts" is no setting; did you mean trustedAccounts?']),
  );
  expect(settingsFrom(fileOf({ trustedAccounts: ['1'] }))).toEqual({ trustedAccounts: ['1'] });
});

describe.each(PROPS_MISTAKES.map((mistake) => [mistake.name, mistake] as const))(
  'in props, %s',
  (_, { props, told }) => {
    test('is told by the construct, and by the stack', () => {
      expect(toldOf(props)).toEqual(told);
      expect(problemsOf((stack) => props(stack) as EsConfigMonitorProps)).toEqual(told);
    });
  },
);

describe.each(CONTEXT_MISTAKES.map((mistake) => [JSON.stringify(mistake.context), mistake] as const))(
  'the context %s',
  (_, { context, told }) => {
    test('is told', () => {
      expect(problemsWith(context)).toEqual(told);
    });
  },
);

describe('the props of the stack', () => {
  test('may be those of a later version of CDK, where they are nothing like ours', () => {
    expect(problemsOf({ somethingNewOfCdk: true } as EsConfigMonitorProps)).toEqual([]);
    expect(problemsOf({ notificationArns: [] })).toEqual([]);
    expect(problemsOf({ trustedAcount: [] } as EsConfigMonitorProps)).toEqual([
      '"trustedAcount" is no setting; did you mean trustedAccounts?',
    ]);
  });

  test('are told apart from those of the monitor in it', () => {
    expect(problemsOf(() => ({ env: { region: 'eu-west-1' } }) as EsConfigMonitorProps)).toEqual([
      "'env' is for a stack, and not for the monitor in it",
    ]);
  });
});
