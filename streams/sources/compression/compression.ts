import { open, stat } from 'node:fs/promises';
import { codeOf, messageOf } from '../messageOf';
import { SourceError } from '../sourceError';

/** What the bytes of a file are wrapped in, detected by the bytes themselves: names lie. */
export type Compression = 'none' | 'gzip' | 'zstd' | 'zip' | 'parquet' | 'arrow';

const magics: readonly (readonly [Compression, readonly number[]])[] = [
  ['gzip', [0x1f, 0x8b]],
  ['zstd', [0x28, 0xb5, 0x2f, 0xfd]],
  ['zip', [0x50, 0x4b, 0x03, 0x04]],
  ['zip', [0x50, 0x4b, 0x05, 0x06]],
  ['parquet', [0x50, 0x41, 0x52, 0x31]],
  ['arrow', [0x41, 0x52, 0x52, 0x4f, 0x57, 0x31]],
  ['arrow', [0xff, 0xff, 0xff, 0xff]],
];

/** Refuses what is no readable file with something in it. */
export async function compressionOf(path: string): Promise<Compression> {
  return wrappingOf(await firstBytes(path));
}

/** What bytes are wrapped in, by the first of them. */
function wrappingOf(first: Uint8Array): Compression {
  const found = magics.find(([, magic]) => magic.every((byte, at) => first[at] === byte));
  return found?.[0] ?? 'none';
}

const CONTAINERS: Readonly<Partial<Record<Compression, string>>> = {
  gzip: 'gzip',
  zstd: 'zstd',
  zip: 'a zip',
  parquet: 'Parquet',
};

/** Refuses a file that is unpacked and still packed: a gzip in a zip, say. */
export function checkUnpacked(
  {
    path,
    entry,
    bytes,
  }: { readonly path: string; readonly entry?: string; readonly bytes: Uint8Array },
  compression: Compression,
): void {
  const inner = compression === 'none' ? undefined : CONTAINERS[wrappingOf(bytes)];
  if (inner === undefined) return;
  throw new SourceError(
    'SOURCE_UNSUPPORTED',
    path,
    `holds ${entry ?? 'a file'}, which is ${inner} again`,
    'Unpack the outer one, and name what is in it.',
  );
}

/** Files are read from disks and pipes; other programs fetch them. */
function refuseAddress(path: string): void {
  const scheme = /^([a-z][a-z0-9+.-]+):\/\//i.exec(path)?.[1]?.toLowerCase();
  if (scheme === undefined) return;
  const fetch = /^s3$/.test(scheme) ? `aws s3 cp ${path} -` : `curl -L ${path}`;
  throw new SourceError(
    'SOURCE_UNSUPPORTED',
    path,
    `is an address, and nothing is fetched over the network`,
    `Fetch it with another program: ${fetch} | barometer replay -`,
  );
}

async function firstBytes(path: string): Promise<Buffer> {
  refuseAddress(path);
  try {
    const status = await stat(path);
    if (status.isDirectory()) {
      throw new SourceError(
        'SOURCE_DIRECTORY',
        path,
        'is a folder, not a file',
        `Name the files in it, for instance ${path.replace(/\/+$/, '')}/*.csv.`,
      );
    }
    if (!status.isFile() && !status.isCharacterDevice()) {
      throw new SourceError(
        'SOURCE_UNSUPPORTED',
        path,
        'is no file',
        'Name a file, or - for the standard input.',
      );
    }
    const file = await open(path, 'r');
    try {
      const { buffer, bytesRead } = await file.read(Buffer.alloc(8), 0, 8, 0);
      if (bytesRead === 0) {
        throw new SourceError(
          'SOURCE_EMPTY',
          path,
          'is empty',
          'Check how the file was made or copied.',
        );
      }
      return buffer.subarray(0, bytesRead);
    } finally {
      await file.close();
    }
  } catch (error) {
    if (error instanceof SourceError) throw error;
    const code = codeOf(error);
    if (code === 'ENOENT' || code === 'ENOTDIR') {
      throw new SourceError(
        'SOURCE_MISSING',
        path,
        'there is no such file',
        'Check the path; it is taken from the folder in which the command runs.',
        { cause: error },
      );
    }
    throw new SourceError(
      'SOURCE_UNREADABLE',
      path,
      `cannot be opened (${code ?? messageOf(error)})`,
      'Check that you may read it.',
      { cause: error },
    );
  }
}
