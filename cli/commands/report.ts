import { writeFileSync } from 'node:fs';
import { textOfError } from '../../core/base/error-text';
import { plain } from '../../core/base/plain-text';
import type { Report } from '../../core/report';
import { command } from '../command';
import { note, UsageError } from '../console';
import { LOOK_OPTIONS, lookAt, PATHS_DESCRIPTION } from '../look';
import { quoted } from '../quoted';
import { reportHtml } from '../render/report-html';
import { tallyLine } from '../render/tally';
import { reportOf } from '../tell';

const RENDERERS = {
  html: reportHtml,
  json: (report) => `${JSON.stringify(report, undefined, 2)}\n`,
} as const satisfies Readonly<Record<string, (report: Report) => string>>;

/** `report`: what happened to each domain, and how long it was exposed to whom. */
export const reportCommand = command({
  name: 'report',
  summary: 'Tells of each domain which calls were made, and from when to when who could reach it.',
  description: `${PATHS_DESCRIPTION}\nThe JSON is described in docs/report.md.`,
  operands: { name: 'PATH', least: 1, most: 'any number' },
  options: {
    format: {
      type: 'choice',
      value: 'html|json',
      allowed: ['html', 'json'],
      default: 'json',
      description: 'one page to look at and to pass on, or for machines',
    },
    output: { type: 'text', value: 'FILE', description: 'where to write it, rather than to standard output' },
    ...LOOK_OPTIONS,
  },
  examples: [
    { args: '--format html --output report.html november/', gives: 'a page that needs nothing else' },
    { args: '--format json --output report.json november/', gives: 'the same for machines' },
    { args: '--baseline logs.json november/', gives: 'with what the domain logs had before the first call' },
  ],
  exitCodes: { 0: 'reported, whatever was found', 2: 'something could not be read, and the rest was reported' },

  async run({ options, operands }, console) {
    const looked = await lookAt(operands, options, console);
    const text = RENDERERS[options.format](await reportOf(looked));
    if (options.output === undefined) console.out(text);
    else writeReport(options.output, text);
    note(console, tallyLine(looked, looked.calls.filter(({ alert }) => alert).length));
    return looked.inputs.unread.length > 0 ? 2 : 0;
  },
});

/** @throws UsageError where it cannot be written */
function writeReport(file: string, text: string): void {
  try {
    writeFileSync(file, text);
  } catch (error) {
    throw new UsageError(`--output ${quoted(file)} cannot be written: ${plain(textOfError(error), 1000)}`);
  }
}
