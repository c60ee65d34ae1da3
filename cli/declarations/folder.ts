import { existsSync } from 'node:fs';
import { readdir, realpath } from 'node:fs/promises';
import path from 'node:path';

/** Names that people and tools give to templates and plans. */
const NAMES = /\.(json|ya?ml|template)$/i;

/** Folders of packages and of tools. */
const LEFT_OUT: ReadonlySet<string> = new Set(['node_modules']);

/** What is in a folder and below: cloud assemblies, and files outside of them that may be templates or plans. */
export async function filesOfFolder(
  root: string,
): Promise<{ readonly assemblies: readonly string[]; readonly names: readonly string[] }> {
  const assemblies: string[] = [];
  const names: string[] = [];
  const seen = new Set<string>();

  async function visit(folder: string): Promise<void> {
    // A link may lead back to a folder above it.
    const real = await realpath(folder);
    if (seen.has(real)) return;
    seen.add(real);
    if (existsSync(path.join(folder, 'manifest.json')) && existsSync(path.join(folder, 'tree.json'))) {
      assemblies.push(folder);
      return;
    }
    const entries = await readdir(folder, { withFileTypes: true });
    for (const entry of entries.toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
      const at = path.join(folder, entry.name);
      if (entry.isDirectory()) {
        if (!entry.name.startsWith('.') && !LEFT_OUT.has(entry.name)) await visit(at);
      } else if (NAMES.test(entry.name)) names.push(at);
    }
  }

  await visit(root);
  return { assemblies, names };
}
