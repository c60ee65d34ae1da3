import { existsSync } from 'node:fs';
import path from 'node:path';
import { Code } from 'aws-cdk-lib/aws-lambda';
import { isInstalled } from '../core/base/command-line';
import { bundledCode } from './bundle';

/** Where the package has the bundle, beside the compiled library; a clone has none. */
const BUILT = path.join(__dirname, 'function');

/**
 * The code of the function: built beforehand in the package, bundled at synthesis in a clone.
 * @throws Error where the library was taken out of its package
 */
export function functionCode(): Code {
  if (!isInstalled) return bundledCode();
  if (!existsSync(BUILT)) {
    throw new Error(
      `the function of es-config-monitor is not in ${BUILT}: leave the package out of a bundle of your app, so that it stays whole`,
    );
  }
  return Code.fromAsset(BUILT);
}
