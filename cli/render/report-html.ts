import { createHash } from 'node:crypto';
import type { Report } from '../../core/report';
import { toPageData } from './report-data';
import { SCRIPT, STYLE } from './report-page';

/**
 * A report as one file that needs nothing else: it works from a disk, asks nobody for anything, and lets no text in it run.
 * The policy in it allows this script and this style, by their hashes, and nothing more.
 */
export function reportHtml(report: Report): string {
  const { data, details } = toPageData(report);
  const policy = [
    "default-src 'none'",
    `script-src '${hashOf(SCRIPT)}'`,
    `style-src '${hashOf(STYLE)}'`,
    "style-src-attr 'unsafe-inline'",
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  return [
    '<!doctype html>',
    '<html lang="en">',
    '<head>',
    '<meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="${policy}">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    '<meta name="referrer" content="no-referrer">',
    '<title>Configuration calls</title>',
    `<style>${STYLE}</style>`,
    '</head>',
    '<body>',
    '<main id="page"><p>This page shows a report by a script, which has to be allowed.</p></main>',
    dataBlock('report', data),
    ...details.map((chunk, at) => dataBlock(`details-${at}`, chunk)),
    `<script>${SCRIPT}</script>`,
    '</body>',
    '</html>',
    '',
  ].join('\n');
}

const hashOf = (text: string): string => `sha256-${createHash('sha256').update(text).digest('base64')}`;

/** Data in a script element ends with the element: no less-than sign is left in it, and no line separator. */
function dataBlock(id: string, value: unknown): string {
  const json = JSON.stringify(value)
    .replaceAll('<', '\\u003c')
    .replaceAll('\u2028', '\\u2028')
    .replaceAll('\u2029', '\\u2029');
  return `<script type="application/json" id="${id}">${json}</script>`;
}
