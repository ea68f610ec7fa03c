import { createWriteStream } from 'node:fs';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { crc32, createInflateRaw } from 'node:zlib';
import type { Entry, ZipFile, ZipFileOptions } from 'yauzl';
import { messageOf } from '../messageOf';
import { temporaryError } from '../order/tempFolder';
import { SourceError } from '../sourceError';
import { requireOptional } from '../../optionalPackage';

async function openZip(path: string): Promise<ZipFile> {
  const { openPromise } = requireOptional(
    'yauzl',
    'Reading zip files',
    () => require('yauzl') as typeof import('yauzl'),
  );
  try {
    return await openPromise(path, { lazyEntries: true, autoClose: false });
  } catch (error) {
    throw new SourceError(
      'SOURCE_TRUNCATED',
      path,
      'is a zip without an end: part of it is missing',
      'Fetch or copy the file again.',
      { cause: error },
    );
  }
}

function damaged(path: string, error: unknown): SourceError {
  if (error instanceof SourceError) return error;
  // The zip is not at fault where the file system refuses what is unpacked.
  const refused = temporaryError(path, error);
  if (refused instanceof SourceError) return refused;
  return new SourceError(
    'SOURCE_DAMAGED',
    path,
    `is a damaged zip (${messageOf(error)})`,
    'Fetch or copy the file again.',
    { cause: error },
  );
}

/** Opens the one file that a zip holds, and closes the zip when `use` is done with it. */
async function withEntry<T>(
  path: string,
  use: (stream: Readable, entry: Entry) => Promise<T>,
  options: ZipFileOptions = {},
): Promise<T> {
  const zip = await openZip(path);
  try {
    const entry = await onlyEntry(path, zip);
    return await use(await zip.openReadStreamPromise(entry, options), entry);
  } catch (error) {
    throw damaged(path, error);
  } finally {
    zip.close();
  }
}

/** The bytes of the one file that a zip holds. */
export async function* entryBytes(path: string): AsyncGenerator<Buffer> {
  const zip = await openZip(path);
  try {
    const entry = await onlyEntry(path, zip);
    yield* (await zip.openReadStreamPromise(entry, {})) as AsyncIterable<Buffer>;
  } catch (error) {
    throw damaged(path, error);
  } finally {
    zip.close();
  }
}

async function onlyEntry(path: string, zip: ZipFile): Promise<Entry> {
  const entries: Entry[] = [];
  for await (const entry of zip.eachEntry()) {
    const hidden = /(^|\/)(__MACOSX\/|\.)/.test(entry.fileName);
    if (!hidden && !entry.fileName.endsWith('/')) entries.push(entry);
  }
  const [entry] = entries;
  if (entry === undefined) {
    throw new SourceError(
      'SOURCE_EMPTY',
      path,
      'is a zip with no file in it',
      'Check how it was made.',
    );
  }
  if (entries.length > 1) {
    throw new SourceError(
      'SOURCE_MANY_ENTRIES',
      path,
      `is a zip with ${entries.length} files in it (${entry.fileName}, …)`,
      'Unpack it, and name the files that you mean.',
    );
  }
  if (entry.isEncrypted()) {
    throw new SourceError('SOURCE_UNREADABLE', path, 'is an encrypted zip', 'Unpack it first.');
  }
  return entry;
}

/** The bytes of the file in a zip, handed to `take` until it has had enough; returns the file's name. */
export async function readEntry(
  path: string,
  take: (piece: Buffer) => Promise<boolean> | boolean,
): Promise<string> {
  return withEntry(path, async (stream, entry) => {
    for await (const piece of stream as AsyncIterable<Buffer>) {
      if (!(await take(piece))) break;
    }
    return entry.fileName;
  });
}

/** Unpacks in large pieces, which is twice as fast as the small ones of yauzl, and checks as it does. */
export async function unzipTo(path: string, target: string, signal: AbortSignal): Promise<void> {
  await withEntry(
    path,
    async (stream, entry) => {
      let length = 0;
      let sum = 0;
      const check = async function* (pieces: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
        for await (const piece of pieces) {
          length += piece.length;
          if (hasChecksums) sum = crc32(piece, sum);
          yield piece;
        }
      };
      const file = createWriteStream(target, { highWaterMark: PIECE });
      if (entry.compressionMethod === STORED) await pipeline(stream, check, file, { signal });
      else await pipeline(stream, createInflateRaw({ chunkSize: PIECE }), check, file, { signal });
      if (length !== entry.uncompressedSize || (hasChecksums && sum !== entry.crc32)) {
        throw new Error('its contents do not fit its checksum');
      }
    },
    { decodeFileData: false },
  );
}

const PIECE = 1024 * 1024;
const STORED = 0;

/** Node 20 has them since 20.15. */
const hasChecksums = typeof crc32 === 'function';
