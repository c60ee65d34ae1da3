import { PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Assembly } from '../assembly';

/** Puts what a template refers to where CDK's bootstrap has it put. @param python makes the archives */
export async function publishAssets(
  s3: S3Client,
  bucket: string,
  { assetFolders }: Assembly,
  python: string,
): Promise<void> {
  for (const [Key, place] of assetFolders) {
    const Body = place.endsWith('.json') ? readFileSync(place) : zipOf(place, python);
    await s3.send(new PutObjectCommand({ Bucket: bucket, Key, Body }));
  }
}

function zipOf(folder: string, python: string): Uint8Array {
  const temporary = mkdtempSync(path.join(tmpdir(), 'es-config-monitor-asset-'));
  try {
    const archive = path.join(temporary, 'asset.zip');
    execFileSync(python, ['-m', 'zipfile', '-c', archive, ...readdirSync(folder)], { cwd: folder });
    return readFileSync(archive);
  } finally {
    rmSync(temporary, { recursive: true });
  }
}
