import type { FileHandle } from 'node:fs/promises';
import { open } from 'node:fs/promises';
import type { RecordBatch, Schema } from 'apache-arrow';
import { messageOf } from '../messageOf';
import { SourceError } from '../sourceError';

const FILE_MAGIC = 'ARROW1';
const END_OF_STREAM = Buffer.from([0xff, 0xff, 0xff, 0xff, 0, 0, 0, 0]);

export interface ArrowReader {
  readonly schema: Schema;
  /** The batches, one at a time. */
  batches(): AsyncIterable<RecordBatch>;
  close(): Promise<void>;
}

/** Opens Arrow IPC, the file or the stream format; throws a `SourceError` where its end is missing. */
export async function openArrow(name: string, path: string): Promise<ArrowReader> {
  const { RecordBatchReader, compressionRegistry, CompressionType } = await import('apache-arrow');
  const { decompress } = await import('fzstd');
  compressionRegistry.set(CompressionType.ZSTD, { decode: (bytes) => decompress(bytes) });
  const file = await open(path, 'r');
  try {
    await checkEnd(name, file);
    const reader = await RecordBatchReader.from(file);
    await reader.open();
    return {
      schema: reader.schema,
      batches: async function* () {
        try {
          // The next batch is read while one is used.
          let coming = reader.next();
          for (;;) {
            const result = await coming;
            if (result.done === true) return;
            coming = reader.next();
            coming.catch(() => undefined);
            yield result.value;
          }
        } catch (error) {
          throw damaged(name, error);
        }
      },
      close: async () => {
        await reader.cancel().catch(() => undefined);
        await file.close().catch(() => undefined);
      },
    };
  } catch (error) {
    await file.close().catch(() => undefined);
    throw damaged(name, error);
  }
}

async function checkEnd(name: string, file: FileHandle): Promise<void> {
  const { size } = await file.stat();
  const read = async (at: number, length: number): Promise<Buffer> =>
    (await file.read(Buffer.alloc(length), 0, length, at)).buffer;
  const isFile = (await read(0, 6)).toString('latin1') === FILE_MAGIC;
  const isWhole =
    size > END_OF_STREAM.length &&
    (isFile
      ? (await read(size - 6, 6)).toString('latin1') === FILE_MAGIC
      : (await read(size - 8, 8)).equals(END_OF_STREAM));
  if (isWhole) return;
  throw new SourceError(
    'truncated',
    name,
    'ends too early: Arrow IPC has a mark at its end, and there is none',
    'Fetch or copy the file again, or close the stream that writes it.',
  );
}

function damaged(name: string, error: unknown): SourceError {
  if (error instanceof SourceError) return error;
  if (/codec not found/.test(messageOf(error))) {
    return new SourceError(
      'unsupported',
      name,
      'is compressed with LZ4',
      'Write it with zstd, or uncompressed.',
      { cause: error },
    );
  }
  return new SourceError(
    'damaged',
    name,
    `is damaged Arrow IPC (${messageOf(error)})`,
    'Fetch or copy the file again.',
    { cause: error },
  );
}
