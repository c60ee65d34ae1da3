/* The package: a monitor for a stack of yours, the stack for those who have none, and what they are given. */

export {
  EsConfigMonitorChecks,
  type ChecksViolation,
  type EsConfigMonitorChecksProps,
  type TemplatesToCheck,
} from './es-config-monitor-checks';
export { EsConfigMonitor } from './es-config-monitor';
export { EsConfigMonitorWayBack, type EsConfigMonitorWayBackProps } from './es-config-monitor-way-back';
export type { EsConfigMonitorProps } from './es-config-monitor-props';
export type { LogSourceProps, TrailBucket } from './log-source';
export type { OrganizationTrail } from './trail';
export type { FastPathProps } from './fast-path';
export type { AlertBusProps, AnyEventBus } from './alert-bus';
export type { MailDigestProps } from './mail-digest';
export type { Subscriber } from './subscribers';
export type { SettingsProps } from './settings';
export type { UpkeepProps } from './upkeep';
export type { Account, Ownership, Settings, Suppression, WatchPattern, WayBack } from '../core/settings';
export type { EventName } from '../core/call';
export type { AlertSeverity, Severity } from '../core/base/severity';
export { settingsFrom } from './context/file';
export { ConfigurationError } from './configuration-error';
export { EsConfigMonitorStack, type EsConfigMonitorStackProps, type PropsInStack } from './es-config-monitor-stack';
export { propsFromContext } from './context';
