/**
 * Loaded before each function that the emulator starts: Lambda unpacks layers into /opt, and the emulator into a folder that
 * only its variable tells. Reads below /opt are sent there.
 */
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import path from 'node:path';

const folders = (process.env._LAMBDA_LAYERS_DIRS ?? '').split(path.delimiter).filter(Boolean);
const read = fs.readFileSync;

fs.readFileSync = (file, ...options) => {
  const below = /^\/opt\/(.*)$/s.exec(String(file))?.[1];
  const found = below === undefined ? undefined : folders.map((folder) => path.join(folder, below)).find(fs.existsSync);
  return read(found ?? file, ...options);
};
syncBuiltinESMExports();
