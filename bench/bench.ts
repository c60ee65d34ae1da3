import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { adversarialFigures } from './adversarial';
import { bundleFigures } from './bundle';
import { byGoal, type Figure, isMet, toTable, worstOf } from './figure';
import { fuzzFigures } from './fuzz-figures';
import { handlerFigures } from './handler';
import { hostileFigures } from './hostile';
import { largeFigures } from './large';
import { memoryFigures } from './memory';
import { timeFigures } from './time';
import { transportFigures } from './transport';

const { values } = parseArgs({
  options: { quick: { type: 'boolean', default: false }, json: { type: 'string' }, only: { type: 'string' } },
});

/** In the order of the table. What runs in this process comes first, before it has grown. */
const SECTIONS: Readonly<Record<string, (quick: boolean) => readonly Figure[] | Promise<readonly Figure[]>>> = {
  time: timeFigures,
  adversarial: adversarialFigures,
  hostile: hostileFigures,
  handler: handlerFigures,
  memory: memoryFigures,
  large: largeFigures,
  bundle: bundleFigures,
  transport: transportFigures,
  fuzz: fuzzFigures,
};

async function bench(): Promise<void> {
  const { quick, only, json } = values;
  const names = Object.keys(SECTIONS).filter((name) => only === undefined || only.split(',').includes(name));
  if (names.length === 0)
    throw new Error(`--only ${only} names no section, allowed: ${Object.keys(SECTIONS).join(', ')}`);
  const figures: Figure[] = [];
  for (const name of names) {
    process.stderr.write(`${name} ...\n`);
    figures.push(...((await SECTIONS[name]?.(quick)) ?? []));
  }
  console.log(toTable(figures));
  console.log(`\nThe worst of each goal:\n\n${toTable(worstOf(figures))}`);
  const missed = figures.filter((figure) => !isMet(figure)).length;
  console.log(
    `\nNode ${process.version}, seeded corpus; ${missed === 0 ? 'every target met' : `${missed} targets missed`}`,
  );
  if (json !== undefined) writeFileSync(json, `${JSON.stringify(byGoal(figures), undefined, 2)}\n`);
}

void bench();
