/** Its files may be JSON, so that the archive looks like text around it. */
const isTar = (bytes: Buffer): boolean => bytes.toString('latin1', 257, 262) === 'ustar';

/** What an archive, or data in another compression or layout, is: whatever of it reads as text is not all of it. */
export function shapeOfBinary(bytes: Buffer): string | undefined {
  const beginning = bytes.toString('latin1', 0, 8);
  return (
    BINARY.find(([, magic]) => beginning.startsWith(magic))?.[0] ??
    (isTar(bytes) ? 'a tar archive: unpack it' : undefined)
  );
}

const BINARY: readonly (readonly [what: string, magic: string])[] = [
  ['a zip archive: unpack it', 'PK\u0003\u0004'],
  ['a Parquet file, which is not read', 'PAR1'],
  ['an ORC file, which is not read', 'ORC'],
  ['data compressed with bzip2: decompress it', 'BZh'],
  ['data compressed with zstd: decompress it', '(\u00b5/\u00fd'],
  ['data compressed with xz: decompress it', '\u00fd7zXZ'],
  ['data compressed with lz4: decompress it', '\u0004"M\u0018'],
  ['data compressed with snappy: decompress it', '\u00ff\u0006\u0000\u0000sNaPpY'.slice(0, 8)],
  ['data compressed with zlib: decompress it', 'x\u009c'],
  ['a 7z archive: unpack it', '7z\u00bc\u00af'],
  ['an Avro file, which is not read', 'Obj\u0001'],
  ['a PDF', '%PDF-'],
];
