import { existsSync } from 'node:fs';
import path from 'node:path';
import { Code } from 'aws-cdk-lib/aws-lambda';
import { isInstalled } from '../core/base/command-line';
import { bundledCode, type FunctionName } from './bundle';

/** Where the package has a bundle, beside the compiled library; a clone has none. */
const builtAs = (name: FunctionName): string => path.join(__dirname, name);

/**
 * The code of a function: built beforehand in the package, bundled at synthesis in a clone.
 * @throws Error where the library was taken out of its package
 */
export function functionCode(name: FunctionName): Code {
  if (!isInstalled) return bundledCode(name);
  const built = builtAs(name);
  if (!existsSync(built)) {
    throw new Error(
      `the function of es-config-monitor is not in ${built}: leave the package out of a bundle of your app, so that it stays whole`,
    );
  }
  return Code.fromAsset(built);
}
