/** What an alarm says to whoever it wakes: what it means, and the section of docs/runbook.md. */
export function describe(meaning: string, section: string): string {
  return `${meaning}. What to do: docs/runbook.md#${section}`;
}
