import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { rulesPage } from '../cli/render/rules-page';

/** Writes the pages of docs/ that are printed from the code. */
const docs = path.join(__dirname, '..', 'docs');
mkdirSync(docs, { recursive: true });
writeFileSync(path.join(docs, 'rules.md'), rulesPage());
