import { readFileSync } from 'node:fs';
import path from 'node:path';
import { version } from 'cdk-nag/package.json';
import answers from '../../local/comparison/answers.json';
import { cdkNagOnPolicy, cdkNagOnTemplate } from '../../local/comparison/cdk-nag';
import { oursOn } from '../../local/comparison/ours';
import { comparisonPage } from '../../local/comparison/page';
import { PROVEN } from '../../local/comparison/proven';
import { SUBJECTS } from '../../local/comparison/subjects';
import type { Answers } from '../../local/comparison/answers';
import { ROOT } from '../support/root';

const RECORDED = answers as unknown as Answers;

test('docs/comparison.md is as `npm run compare` writes it of what was recorded', () => {
  expect(readFileSync(path.join(ROOT, 'docs', 'comparison.md'), 'utf8')).toBe(comparisonPage(RECORDED));
});

test('our verdicts on it are right', () => {
  const wrong = SUBJECTS.filter((subject) => !oursOn(subject).isRight).map(
    (subject) => `${subject.name}: ${oursOn(subject).says}`,
  );
  expect(wrong).toEqual([]);
});

describe('what is recorded', () => {
  test('is of every subject, by every tool', () => {
    expect(Object.keys(RECORDED.subjects)).toEqual(SUBJECTS.map(({ name }) => name));
    for (const said of Object.values(RECORDED.subjects)) {
      expect(Object.keys(said).toSorted()).toEqual(['cdk-nag', 'cfn-lint', 'checkov', 'checkov, templates', 'prowler']);
    }
  });

  test('is of policies whose names tell them apart', () => {
    expect(new Set(PROVEN.map(({ name }) => name)).size).toBe(PROVEN.length);
  });

  test('is of cdk-nag as it is installed, and what it says now', () => {
    expect(RECORDED.versions['cdk-nag']).toBe(version);
    for (const { name, template } of SUBJECTS) {
      expect([name, cdkNagOnTemplate(template)]).toEqual([name, RECORDED.subjects[name]?.['cdk-nag']]);
    }
    for (const { name, policy } of PROVEN.filter((each) => RECORDED.policies[each.name])) {
      expect([name, cdkNagOnPolicy(policy)]).toEqual([name, RECORDED.policies[name]?.['cdk-nag']]);
    }
  });
});
