import { watchedNamesIn, type WatchedNames } from '../core/base/resource-name';
import { UsageError } from './console';
import type { Texts } from './options';
import { quoted } from './quoted';

/** The option of every command that looks at log files. */
export const WATCH_OPTION = {
  type: 'texts',
  value: 'NAME',
  description:
    "a resource that the monitor stands on, by its name or ARN, or all of them, as the function's variable WATCHED has them: calls that change it are judged as well",
} as const satisfies Texts;

/** Letters that names of resources have, with IAM's wildcards; something of them stands for itself. */
const NAME = /^(?=.*[A-Za-z0-9])[\w+=,.@/:*?-]+$/;
const ARN = /^arn:[a-z0-9-]+:[a-z0-9-]+:[a-z0-9*?-]*:(\d{12}|aws|\*)?:.+$/;

/**
 * What `--watch` names.
 * @throws UsageError for what names no resource
 */
export function watchedIn(values: readonly string[]): WatchedNames {
  const names = values.flatMap((value) => {
    const found = watchedNamesIn(value);
    if (found.length === 0) throw refused(value);
    return found;
  });
  for (const name of names) if (!NAME.test(name) || (name.startsWith('arn:') && !ARN.test(name))) throw refused(name);
  return names;
}

const refused = (name: string) =>
  new UsageError(
    `--watch ${quoted(name)} names no resource; allowed: a name like my-trail-bucket, an ARN, an address of a queue, each with * and ?, or several with spaces between them`,
  );
