/** JSON that AWS gives as text; `null` where there is none. What is no JSON stays a text, which is nothing that was deployed. */
export function readJson(text: string | undefined): unknown {
  if (text === undefined || text === '') return null;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}
