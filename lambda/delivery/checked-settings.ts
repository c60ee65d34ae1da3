import { problemsIn, type Settings } from '../../core/settings';

/** No suppression has expired by this day: one that expires after the deployment hides nothing any more, and stops nothing. */
const LONG_AGO = '0000-01-01';

/**
 * The settings, which synthesis has checked where there was one.
 * @throws Error telling everything that is wrong with them
 */
export function checkedSettings(settings: unknown): Settings {
  const problems = problemsIn(settings, LONG_AGO);
  if (problems.length > 0) throw new Error(`the settings cannot be used: ${problems.join('; ')}`);
  return settings as Settings;
}
