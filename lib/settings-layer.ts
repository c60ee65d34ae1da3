import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Code, LayerVersion } from 'aws-cdk-lib/aws-lambda';
import { DISABLE_ASSET_STAGING_CONTEXT } from 'aws-cdk-lib/cx-api';
import type { Construct } from 'constructs';
import type { Settings } from '../core/settings';
import { toSettingsText } from '../core/settings-text';
import { SETTINGS_FILE_NAME } from '../lambda/environment';

/**
 * The settings as the file `monitor.json`, in a layer that holds nothing else: the function has it when it starts and asks nobody
 * for it, settings may be of any size, and a change of them is no change of the code.
 */
export function createSettingsLayer(scope: Construct, settings: Settings): LayerVersion {
  const folder = mkdtempSync(path.join(tmpdir(), 'es-config-monitor-settings-'));
  const file = path.join(folder, SETTINGS_FILE_NAME);
  writeFileSync(file, toSettingsText(settings));
  // The function is another user than whoever synthesizes, and the archive keeps the mode.
  chmodSync(file, 0o644);
  const layer = new LayerVersion(scope, 'Settings', {
    description: 'Settings of es-config-monitor: what to watch, whom to trust, what to leave out',
    code: Code.fromAsset(folder),
  });
  // CDK has copied it, unless it was told to take files from where they are.
  if (!scope.node.tryGetContext(DISABLE_ASSET_STAGING_CONTEXT)) rmSync(folder, { recursive: true });
  return layer;
}
