import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { isObject, memberOf, textOf } from '../core/base/members';
import { withNested } from './nested';
import type { Template } from './template';

/** A synthesized stack and the files it refers to. */
export interface Assembly {
  readonly stackName: string;
  readonly template: Template;
  /** Folder of each file asset, by the name it would be uploaded under. */
  readonly assetFolders: ReadonlyMap<string, string>;
}

/** Reads the stack `stackName` from the cloud assembly in `folder`. */
export function readAssembly(stackName: string, folder: string): Assembly {
  const read = (file: string): unknown => JSON.parse(readFileSync(join(folder, `${stackName}.${file}`), 'utf8'));
  const files = memberOf(read('assets.json'), 'files');
  const assetFolders = Object.values(isObject(files) ? files : {}).flatMap((file) => {
    const path = textOf(memberOf(file, 'source', 'path'));
    const destinations = memberOf(file, 'destinations');
    if (path === undefined || !isObject(destinations)) return [];
    return Object.values(destinations).map(
      (destination) => [String(memberOf(destination, 'objectKey')), resolve(folder, path)] as const,
    );
  });
  const assets = new Map(assetFolders);
  // A nested template is an asset as well: its address ends in the name it would be uploaded under.
  const template = withNested(read('template.json') as Template, (url) => {
    const [, file] = [...assets].find(([key]) => url.includes(key)) ?? [];
    if (file === undefined) throw new Error(`the cloud assembly has no nested template for ${url}`);
    return JSON.parse(readFileSync(file, 'utf8')) as Template;
  });
  return { stackName, template, assetFolders: assets };
}
