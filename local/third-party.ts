import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly license?: string;
}

/**
 * The page that a bundle owes to the packages in it: their names, versions and licences, each text of a licence once.
 * @param inputs the files the bundles were made of, below `root`
 */
export function thirdPartyPage(root: string, inputs: Iterable<string>): string {
  const folders = [...new Set([...inputs].flatMap((file) => packageFolderOf(file)))].sort();
  const byLicence = new Map<string, string[]>();
  for (const folder of folders) {
    const at = path.join(root, folder);
    const {
      name,
      version,
      license = 'no licence named',
    } = JSON.parse(readFileSync(path.join(at, 'package.json'), 'utf8')) as Manifest;
    const text = licenceTextIn(at) ?? '(the package has no file with the text)';
    byLicence.set(text, [...(byLicence.get(text) ?? []), `${name} ${version} (${license})`]);
  }
  const sections = [...byLicence].map(([text, packages]) => `${packages.join('\n')}\n\n${text.trim()}\n`);
  return `Packages in the bundles of es-config-monitor, and their licences.\n\n${sections.join(`\n${'-'.repeat(75)}\n\n`)}`;
}

/** `node_modules/a/node_modules/@b/c/d.js` is of the package in `node_modules/a/node_modules/@b/c`. */
function packageFolderOf(file: string): readonly string[] {
  const [folder] = /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file) ?? [];
  return folder === undefined ? [] : [folder];
}

function licenceTextIn(folder: string): string | undefined {
  const name = readdirSync(folder).find((file) => /^licen[cs]e/i.test(file) && existsSync(path.join(folder, file)));
  return name === undefined ? undefined : readFileSync(path.join(folder, name), 'utf8').replaceAll('\r\n', '\n');
}
