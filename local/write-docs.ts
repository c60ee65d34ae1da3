import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { apiPage } from './api-page';
import { REPOSITORY } from './child-process';
import { schemaPage } from './schema-page';

/** Writes the pages of docs/ that are printed from the declarations of the code. */
const docs = path.join(REPOSITORY, 'docs');
writeFileSync(path.join(docs, 'api.md'), apiPage());
writeFileSync(path.join(docs, 'monitor.schema.json'), schemaPage());
