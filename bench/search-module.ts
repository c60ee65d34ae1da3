import { readFileSync } from 'node:fs';
import path from 'node:path';
import wabt from 'wabt';

const FOLDER = path.join(__dirname, '..', 'core', 'log-file');

/** Where the search's WebAssembly module lies in the code. */
export const SEARCH_MODULE_PATH = path.join(FOLDER, 'search-module.ts');

/** The code that holds the module, as `search.wat` gives it. */
export async function searchModuleCode(): Promise<string> {
  const source = path.join(FOLDER, 'search.wat');
  const { parseWat } = await wabt();
  const module = parseWat(source, readFileSync(source, 'utf8'), { simd: true });
  const text = Buffer.from(module.toBinary({}).buffer).toString('base64');
  module.destroy();
  const lines = text.match(/.{1,110}/g) ?? [];
  return [
    '/** The bytes of search.wat, in base64: `npm run build-search` writes them. */',
    'export const SEARCH_MODULE =',
    `${lines.map((line) => `  '${line}'`).join(' +\n')};\n`,
  ].join('\n');
}
