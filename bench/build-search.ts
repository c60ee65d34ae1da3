import { writeFileSync } from 'node:fs';
import { SEARCH_MODULE_PATH, searchModuleCode } from './search-module';

/** Writes the module that search.wat describes into the code. */
void searchModuleCode().then((code) => writeFileSync(SEARCH_MODULE_PATH, code));
