import { existsSync } from 'node:fs';
import path from 'node:path';
import { Code } from 'aws-cdk-lib/aws-lambda';
import { bundledCode } from './bundle';

/** Where the package has the bundle, beside the compiled library; a clone has none. */
const BUILT = path.join(__dirname, 'function');

/** The code of the function: built beforehand in the package, bundled at synthesis in a clone. */
export function functionCode(): Code {
  return existsSync(BUILT) ? Code.fromAsset(BUILT) : bundledCode();
}
