import { pathToFileURL } from 'node:url';
import { isSeverity, worstOf, type Severity } from '../../core/base/severity';
import { ATTACK_VERSION, CONFIGURATION_CALL, RULES, type Rule } from '../../core/rules';
import { version } from '../../package.json';

/** Of the OASIS standard; GitHub code scanning and IDEs read it. */
const VERSION = '2.1.0';
const SCHEMA = 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json';

const LEVELS: Readonly<Record<Severity, 'error' | 'warning' | 'note'>> = {
  CRITICAL: 'error',
  HIGH: 'error',
  MEDIUM: 'warning',
  LOW: 'note',
  INFORMATIONAL: 'note',
};

/** What is sorted by, from 0 to 100: code scanning shows a tenth of it, by its own names for critical, high and so on. */
const RANKS: Readonly<Record<Severity, number>> = { CRITICAL: 95, HIGH: 80, MEDIUM: 55, LOW: 30, INFORMATIONAL: 10 };

/** What a result says of its rule. */
export const ofSeverity = (severity: Severity) => ({ level: LEVELS[severity], rank: RANKS[severity] });

/**
 * A SARIF log of one run, with the catalogue of rules.
 * @param unseen what of a file that was read is not known
 */
export function sarifLogOf<Result extends { readonly ruleId: string }>(
  results: readonly Result[],
  unread: readonly Told[],
  unseen: readonly Told[] = [],
) {
  const ofCatalogue = [...RULES, CONFIGURATION_CALL];
  const others = [...new Set(results.map(({ ruleId }) => ruleId))].filter(
    (id) => !ofCatalogue.some((rule) => rule.id === id),
  );
  return {
    $schema: SCHEMA,
    version: VERSION,
    runs: [
      {
        tool: {
          driver: {
            name: 'es-config-monitor',
            semanticVersion: version,
            rules: [
              ...ofCatalogue.map((rule) => ({
                id: rule.id,
                shortDescription: { text: rule.title },
                fullDescription: { text: rule.why },
                help: { text: rule.remediation.text },
                properties: {
                  'security-severity': (RANKS[worstOf(severitiesOf(rule))] / 10).toFixed(1),
                  tags: ['security', ...rule.attack.map(({ id }) => `attack.${id.toLowerCase()}`)],
                  attackVersion: ATTACK_VERSION,
                },
              })),
              // Watch patterns of the settings.
              ...others.map((id) => ({ id, shortDescription: { text: id } })),
            ],
          },
        },
        columnKind: 'utf16CodeUnits',
        invocations: [
          {
            executionSuccessful: unread.length === 0,
            toolExecutionNotifications: [
              ...unread.map((each) => notificationOf('error', each)),
              ...unseen.map((each) => notificationOf('warning', each)),
            ],
          },
        ],
        results,
      },
    ],
  };
}

/** What is told of a file. */
interface Told {
  readonly name: string;
  readonly why: string;
}

const notificationOf = (level: 'error' | 'warning', { name, why }: Told) => ({
  level,
  message: { text: `${name}: ${why}` },
});

const severitiesOf = ({ severities }: Rule): readonly Severity[] => Object.keys(severities).filter(isSeverity);

/** Brackets would begin a link, braces a placeholder. */
export const escapedMessage = (text: string): string =>
  text.replace(/[\\[\]{}]/g, (mark) => (/[{}]/.test(mark) ? mark + mark : `\\${mark}`));

/** A file by its address; anything else by its name. */
export function uriOf(name: string): string {
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(name)) return encodeURI(name);
  return name.startsWith('/')
    ? pathToFileURL(name).href
    : encodeURI(name.replaceAll('\\', '/')).replaceAll('#', '%23').replaceAll('?', '%3F');
}
