import { PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { spawn } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { memberOf } from '../../core/base/members';
import type { Settings } from '../../core/settings';
import { endOf, outputOf, REPOSITORY, WITH_TYPESCRIPT } from '../child-process';
import type { Template } from '../template';

const FOLDER = path.join(REPOSITORY, 'dist', 'release');
const TEMPLATE = 'es-config-monitor.template.json';

/** What `npm run release` wrote. */
export interface Release {
  readonly template: Template;
  /** What the keys of the archives start with. */
  readonly prefix: string;
  readonly archives: readonly string[];
  /** Name of the archive with the settings. */
  readonly settingsArchive: string;
}

/** Writes a release as people do, with a settings file in `folder`. @throws Error with what the command said */
export async function writeRelease(folder: string, settings: Settings): Promise<Release> {
  const file = path.join(folder, 'monitor.json');
  writeFileSync(file, JSON.stringify(settings));
  const script = path.join(REPOSITORY, 'local', 'release.ts');
  const child = spawn(process.execPath, [...WITH_TYPESCRIPT, script, '--settings', file], {
    cwd: REPOSITORY,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const output = outputOf(child);
  await new Promise<void>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) => {
      if (code === 0) resolve();
      else reject(new Error(`no release was written (${endOf(code, signal)}): ${output()}`));
    });
  });
  const template = JSON.parse(readFileSync(path.join(FOLDER, TEMPLATE), 'utf8')) as Template;
  const archives = readdirSync(FOLDER).filter((name) => name.endsWith('.zip'));
  return {
    template,
    prefix: String(memberOf(template, 'Parameters', 'CodePrefix', 'Default')),
    archives,
    settingsArchive: archives.find((name) => name.startsWith('settings-')) ?? '',
  };
}

/** Copies the archives, and the template in the form that is given, into a bucket. @returns the key of the template */
export async function copyRelease(s3: S3Client, Bucket: string, release: Release, template: Template): Promise<string> {
  for (const name of release.archives) {
    const Body = readFileSync(path.join(FOLDER, name));
    await s3.send(new PutObjectCommand({ Bucket, Key: `${release.prefix}${name}`, Body }));
  }
  const Key = `${release.prefix}${TEMPLATE}`;
  await s3.send(new PutObjectCommand({ Bucket, Key, Body: JSON.stringify(template) }));
  return Key;
}
