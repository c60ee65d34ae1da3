/**
 * What a settings file holds, not checked yet: `problemsIn` does.
 * @param text of the whole file; editors on Windows begin it with a byte order mark, which is no JSON
 * @throws SyntaxError for a text that is no JSON
 */
export function readSettingsText(text: string): unknown {
  return JSON.parse(text.replace(/^\uFEFF/, '')) as unknown;
}
