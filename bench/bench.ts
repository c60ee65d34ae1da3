import { writeFileSync } from 'node:fs';
import { command } from '../cli/command';
import { UsageError } from '../cli/console';
import { runProgram } from '../cli/program';
import { quoted } from '../cli/quoted';
import { didYouMean } from '../core/base/nearest';
import { adversarialFigures } from './adversarial';
import { aloneFigures } from './alone';
import { bundleFigures } from './bundle';
import { commandLineFigures } from './command-line';
import { byGoal, type Figure, isMet, toTable, worstOf } from './figure';
import { fuzzFigures } from './fuzz-figures';
import { growthFigures } from './growth';
import { handlerFigures } from './handler';
import { hostileFigures } from './hostile';
import { largeFigures } from './large';
import { machine } from './machine';
import { memoryFigures } from './memory';
import { benchUnder } from './node-versions';
import { timeFigures } from './time';
import { transportFigures } from './transport';

/** In the order of the table. What runs in this process comes first, before it has grown. */
const SECTIONS: Readonly<Record<string, (quick: boolean) => readonly Figure[] | Promise<readonly Figure[]>>> = {
  time: timeFigures,
  alone: aloneFigures,
  adversarial: adversarialFigures,
  growth: growthFigures,
  hostile: hostileFigures,
  handler: handlerFigures,
  memory: memoryFigures,
  large: largeFigures,
  bundle: bundleFigures,
  transport: transportFigures,
  'command-line': commandLineFigures,
  fuzz: fuzzFigures,
};

/** @throws UsageError for names that are no section's */
function sectionsNamed(text: string | undefined): readonly string[] {
  const known = Object.keys(SECTIONS);
  if (text === undefined) return known;
  const names = text.split(',');
  for (const name of names.filter((one) => !known.includes(one))) {
    throw new UsageError(`--only has ${quoted(name)}; allowed: ${known.join(', ')}${didYouMean(name, known)}`);
  }
  return known.filter((name) => names.includes(name));
}

runProgram(
  command({
    name: 'bench',
    summary: 'Measures the function on this machine, and tells which targets it meets.',
    options: {
      quick: { type: 'flag', description: 'fewer rounds, for a first look' },
      only: {
        type: 'text',
        value: 'SECTIONS',
        description: `some of ${Object.keys(SECTIONS).join(', ')}, separated by commas`,
      },
      json: { type: 'text', value: 'FILE', description: 'a file to write the figures to as well' },
      node: {
        type: 'text',
        value: 'VERSIONS',
        description: 'major versions of Node.js to measure under, separated by commas, as far as they can be had',
      },
    },
    examples: [
      { args: '--quick', gives: 'every section, in a short time' },
      { args: '--only time,memory --json figures.json', gives: 'two sections, and their figures in a file' },
    ],
    exitCodes: { 0: 'measured, whether the targets are met or not' },
    async run({ options: { quick, only, json, node } }, console) {
      if (node !== undefined) {
        sectionsNamed(only);
        benchUnder(node.split(','), { quick, only, json });
        return 0;
      }
      const figures: Figure[] = [];
      for (const name of sectionsNamed(only)) {
        console.err(`${name} ...\n`);
        figures.push(...((await SECTIONS[name]?.(quick)) ?? []));
      }
      console.out(`${toTable(figures)}\n`);
      console.out(`\nThe worst of each goal:\n\n${toTable(worstOf(figures))}\n`);
      const missed = figures.filter((figure) => !isMet(figure)).length;
      const targets = missed === 0 ? 'every target met' : `${missed} targets missed`;
      console.out(`\n${machine()}; seeded corpus; ${targets}\n`);
      if (json !== undefined) writeFileSync(json, `${JSON.stringify(byGoal(figures), undefined, 2)}\n`);
      return 0;
    },
  }),
);
