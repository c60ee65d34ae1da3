/** A section of docs/runbook.md. */
export interface Section {
  readonly anchor: string;
  /** The last command of it, which clears the alarm. */
  readonly command?: string;
}

/** The section that the description of an alarm names; `undefined` where there is none. */
export function sectionOf(description: string, runbook: string): Section | undefined {
  const anchor = /docs\/runbook\.md#([a-z-]+)$/.exec(description)?.[1];
  const section = runbook
    .split(/^## /m)
    .slice(1)
    .find((text) => text.split('\n', 1)[0]?.toLowerCase().replaceAll(' ', '-') === anchor);
  if (anchor === undefined || section === undefined) return undefined;
  // The last block of the section is the end of it.
  const [, block] = /```sh\n([^`]*)\n```\s*$/.exec(section) ?? [];
  const command = block?.trim().split('\n').at(-1);
  return { anchor, ...(command !== undefined && { command }) };
}
