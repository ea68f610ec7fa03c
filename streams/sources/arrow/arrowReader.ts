import type { FileHandle } from 'node:fs/promises';
import { open } from 'node:fs/promises';
import type { RecordBatch, RecordBatchReader, Schema } from 'apache-arrow';
import { messageOf } from '../messageOf';
import { SourceError } from '../sourceError';
import type { Block } from './arrowBlocks';
import { readBlocks } from './arrowBlocks';
import { requireOptional } from '../../optionalPackage';

const FILE_MAGIC = 'ARROW1';
/** Of a message, before its length. */
const CONTINUATION = -1;
const END_OF_STREAM = Buffer.from([0xff, 0xff, 0xff, 0xff, 0, 0, 0, 0]);

interface ArrowReader {
  readonly schema: Schema;
  /** The batches, one at a time; each is good until the next is requested. */
  batches(): AsyncIterable<RecordBatch>;
  /** Whether a batch of the file format, of those that were handed out, was packed. */
  readonly packed: boolean;
  close(): Promise<void>;
}

/** Opens Arrow IPC, the file or the stream format; throws a `SourceError` where its end is missing. */
export async function openArrow(name: string, path: string): Promise<ArrowReader> {
  const arrow = requireOptional(
    'apache-arrow',
    'Reading Arrow files',
    () => require('apache-arrow') as typeof import('apache-arrow'),
  );
  const { RecordBatchReader, Message, MessageReader, MessageHeader } = arrow;
  const { compressionRegistry, CompressionType } = arrow;
  const { decompress } = requireOptional(
    'fzstd',
    'Reading Arrow files',
    () => require('fzstd') as typeof import('fzstd'),
  );
  compressionRegistry.set(CompressionType.ZSTD, { decode: (bytes) => decompress(bytes) });
  const file = await open(path, 'r');
  try {
    await checkEnd(name, file);
    const reader = await RecordBatchReader.from(file);
    await reader.open();
    const { size } = await file.stat();
    const blocks = blocksOf(reader, size);
    const schema = schemaMessage(Message.encode(Message.from(reader.schema)));
    let packed = false;
    return {
      schema: reader.schema,
      get packed() {
        return packed;
      },
      batches: async function* () {
        try {
          if (blocks.length === 0) {
            // The next batch is read while one is used.
            let coming = reader.next();
            for (;;) {
              const result = await coming;
              if (result.done === true) return;
              coming = reader.next();
              coming.catch(() => undefined);
              yield result.value;
            }
          }
          for await (const bytes of readBlocks(file, blocks)) {
            const message = new MessageReader(bytes).readMessage(MessageHeader.RecordBatch);
            if (message === null) throw new Error('a block has no rows in it');
            packed ||= message.header().compression !== null;
            yield* RecordBatchReader.from([schema, bytes]);
          }
        } catch (error) {
          throw damagedArrow(name, error);
        }
      },
      close: async () => {
        await reader.cancel().catch(() => undefined);
        await file.close().catch(() => undefined);
      },
    };
  } catch (error) {
    await file.close().catch(() => undefined);
    throw damagedArrow(name, error);
  }
}

/**
 * Where the batches of the file format lie, as its end says; nothing for the stream format, and where
 * there are dictionaries, on which batches depend.
 */
function blocksOf({ footer }: Pick<RecordBatchReader, 'footer'>, size: number): readonly Block[] {
  if (footer === null || footer.numDictionaries > 0) return [];
  const blocks = [...footer.recordBatches()].map(({ offset, metaDataLength, bodyLength }) => ({
    at: offset,
    length: metaDataLength + bodyLength,
  }));
  if (blocks.some(({ at, length }) => !(length > 0 && at + length <= size))) {
    throw new Error('a block lies behind the end');
  }
  return blocks;
}

/** A schema as it stands at the beginning of a stream: with one batch behind it, it is one. */
function schemaMessage(encoded: Uint8Array): Uint8Array {
  const length = Math.ceil(encoded.length / 8) * 8;
  const message = new Uint8Array(8 + length);
  new DataView(message.buffer).setInt32(0, CONTINUATION, true);
  new DataView(message.buffer).setInt32(4, length, true);
  message.set(encoded, 8);
  return message;
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
    'SOURCE_TRUNCATED',
    name,
    'ends too early: Arrow IPC has a mark at its end, and there is none',
    'Fetch or copy the file again, or close the stream that writes it.',
  );
}

/** What reading a damaged file throws, as a `SourceError` that names the file. */
export function damagedArrow(name: string, error: unknown): SourceError {
  if (error instanceof SourceError) return error;
  if (/codec not found/.test(messageOf(error))) {
    return new SourceError(
      'SOURCE_UNSUPPORTED',
      name,
      'is compressed with LZ4',
      'Write it with zstd, or uncompressed.',
      { cause: error },
    );
  }
  return new SourceError(
    'SOURCE_DAMAGED',
    name,
    `is damaged Arrow IPC (${messageOf(error)})`,
    'Fetch or copy the file again.',
    { cause: error },
  );
}
