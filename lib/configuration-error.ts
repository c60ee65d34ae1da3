/** What the operator has to change before anything can be synthesized: all of it at once, one problem a line. */
export class ConfigurationError extends Error {
  override readonly name = 'ConfigurationError';

  /** @param problems a sentence each, in the operator's words */
  constructor(readonly problems: readonly string[]) {
    super(`es-config-monitor cannot be deployed like this:\n${problems.map((problem) => `- ${problem}`).join('\n')}`);
  }
}

/** @throws ConfigurationError if there are any problems */
export function refuse(problems: readonly string[]): void {
  if (problems.length > 0) throw new ConfigurationError(problems);
}
