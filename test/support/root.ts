import { join } from 'node:path';

/** The repository, whose pages, commands and fixtures tests read. */
export const ROOT = join(__dirname, '..', '..');
