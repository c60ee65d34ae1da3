import type { Brief } from './brief';
import type { Point } from './point';

/** As much of a tag is told at most, name and value. */
const TAG = 200;

/**
 * How many characters there are of what an alert tells without a small limit of its own. Renderings tell each at most five
 * times, in at most four bytes, and beside them at most 60 KB.
 */
export function lengthOf({ sentence, points, changes, restore, wayBack = '', whose }: Brief): number {
  const tags = [whose.account?.tags, whose.domain?.tags].flatMap((of) => Object.keys(of ?? {}));
  return (
    lengthOfAll([sentence, wayBack, ...changes]) +
    lengthOfAll(restore ? [restore.says, restore.command] : []) +
    points.reduce((sum, point) => sum + lengthOfPoint(point), 0) +
    tags.length * TAG
  );
}

function lengthOfPoint({ rule, steps, evidence, why, advice }: Point): number {
  return (
    lengthOfAll([rule.id, rule.title, why, advice.text, ...evidence]) +
    lengthOfAll(rule.attack.map(({ name }) => name)) +
    lengthOfAll(steps.map(({ because }) => because)) +
    lengthOfAll(advice.steps.flatMap(({ says, command }) => [says, command]))
  );
}

const lengthOfAll = (texts: readonly (string | undefined)[]): number =>
  texts.reduce((sum, text) => sum + (text?.length ?? 0), 0);
