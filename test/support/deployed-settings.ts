import path from 'node:path';
import { memberOf, textOf } from '../../core/base/members';
import { SETTINGS_FILE_NAME } from '../../lambda/environment';
import { readAssembly } from '../../local/assembly';

/** The settings file of the function of a stack that was synthesized into `folder`. */
export function settingsFileIn(folder: string, stackName = 'EsConfigMonitor'): string {
  const { template, assetFolders } = readAssembly(stackName, folder);
  const layers = Object.values(template.Resources).filter(({ Type }) => Type === 'AWS::Lambda::LayerVersion');
  expect(layers).toHaveLength(1);
  const key = textOf(memberOf(layers[0]?.Properties, 'Content', 'S3Key')) ?? '';
  return path.join(assetFolders.get(key) ?? '', SETTINGS_FILE_NAME);
}
