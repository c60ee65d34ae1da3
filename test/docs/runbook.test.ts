import { readFileSync } from 'node:fs';
import path from 'node:path';
import { alarmNameOf, PROVOCATIONS } from '../../local/provocations';
import { sectionOf } from '../../local/runbook';
import { onExistingBucket, templateWith } from '../lib/stack-in';
import type { Properties } from '../lib/template';
import { ROOT } from '../support/root';

const runbook = readFileSync(path.join(ROOT, 'docs', 'runbook.md'), 'utf8');

/** The alarms of the stack, by their names, in every shape it has. */
const ALARMS = new Map(
  [
    {},
    onExistingBucket(),
    onExistingBucket({ notifications: 'eventbridge', heartbeat: true }),
    { fastPath: true, eventBus: true, digest: 'weekly', accounts: { '111122223333': { owner: 'search' } } } as const,
  ].flatMap((props) =>
    Object.entries(templateWith(props).findResources('AWS::CloudWatch::Alarm')).map(([id, alarm]) => {
      const { AlarmDescription } = (alarm as { Properties: Properties }).Properties;
      return [alarmNameOf(id), String(AlarmDescription)] as const;
    }),
  ),
);

test.each([...ALARMS])('%s has a section of the runbook that ends in the command that clears it', (_, description) => {
  const section = sectionOf(description, runbook);
  expect(section).toMatchObject({ command: expect.stringMatching(/^aws /) as string });
  // Not one that deletes something, or hides it.
  expect(section?.command).not.toMatch(/delete-(?!function-concurrency)|disable-/);
});

test('each alarm can be made to fire on this machine, and nothing else is', () => {
  expect(Object.keys(PROVOCATIONS).sort()).toEqual([...ALARMS.keys()].sort());
});

test('a section that ends in words, or in another language, ends in no command', () => {
  const described = 'something. What to do: docs/runbook.md#a-section';
  const command = '## A section\n\nDo:\n\n```sh\naws one\naws two\n```\n';
  expect(sectionOf(described, command)).toEqual({ anchor: 'a-section', command: 'aws two' });
  expect(sectionOf(described, `${command}\nAnd that was it.\n`)).toEqual({ anchor: 'a-section' });
  expect(sectionOf(described, command.replace('sh', 'text'))).toEqual({ anchor: 'a-section' });
  expect(sectionOf(described, '## Another section\n')).toBeUndefined();
});
