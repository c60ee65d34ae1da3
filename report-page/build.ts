import { buildSync } from 'esbuild';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(__dirname, '..');

/** Where the page lies that the command line fills in. */
export const REPORT_PAGE = join(ROOT, 'cli', 'render', 'report-page.ts');

/**
 * The script and the style of a report's page, as source text: what it needs of preact and d3-scale is in it, so that the
 * command line needs neither, and nothing is built when a report is written.
 */
export function builtReportPage(): string {
  const { outputFiles } = buildSync({
    entryPoints: ['report-page/page.ts', 'report-page/page.css'],
    absWorkingDir: ROOT,
    outdir: 'out',
    bundle: true,
    minify: true,
    write: false,
    format: 'iife',
    target: ['chrome123', 'firefox120', 'safari17.5'],
    charset: 'ascii',
    legalComments: 'none',
  });
  const textOf = (extension: string): string =>
    outputFiles.find(({ path }) => path.endsWith(extension))?.text.trimEnd() ?? '';
  return [
    '/* Made by `npm run report-page` of report-page/, which is where to change it. With preact (MIT) and d3-scale (ISC). */',
    `export const SCRIPT = ${JSON.stringify(textOf('.js'))};`,
    `export const STYLE = ${JSON.stringify(textOf('.css'))};`,
    '',
  ].join('\n');
}

if (require.main === module) writeFileSync(REPORT_PAGE, builtReportPage());
