import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv, { type ErrorObject } from 'ajv';
import type { JsonObject } from './records';
import { ROOT } from './root';

/** Of draft 4, which differs from what Ajv reads in its name and in nothing that this one uses. */
const {
  $schema: _,
  id: __,
  ...SCHEMA
} = JSON.parse(readFileSync(join(ROOT, 'test', 'fixtures', 'sarif-2.1.0.schema.json'), 'utf8')) as JsonObject;

const isValid = new Ajv({ strict: false, allErrors: true, validateFormats: false, unicodeRegExp: false }).compile(
  SCHEMA,
);

/** What is wrong with a SARIF log by the schema of its standard. */
export const sarifFaults = (log: unknown): readonly ErrorObject[] => (isValid(log) ? [] : (isValid.errors ?? []));
