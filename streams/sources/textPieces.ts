import { createReadStream } from 'node:fs';
import { createGunzip } from 'node:zlib';
import type { Database } from './duckdb';
import { quotePath } from './duckdb';
import type { Wrapping } from './wrapping';

/** The bytes of a text file as they are, or as they come out of gzip. */
export async function* plainBytes(path: string, wrapping: Wrapping): AsyncGenerator<Buffer> {
  const raw = createReadStream(path, { highWaterMark: 256 * 1024 });
  try {
    if (wrapping === 'gzip') {
      const unpacked = createGunzip({ chunkSize: 256 * 1024 });
      raw.once('error', (error) => unpacked.destroy(error));
      yield* raw.pipe(unpacked) as AsyncIterable<Buffer>;
    } else yield* raw as AsyncIterable<Buffer>;
  } finally {
    raw.destroy();
  }
}

/** The lines of a text file in zstd, which this Node cannot unpack by itself, a piece each. */
async function* zstdLines(path: string, database: Database): AsyncGenerator<string> {
  const connection = await database.connect();
  try {
    const result = await connection.stream(
      `SELECT coalesce(line, '') FROM read_csv(${quotePath(path)}, auto_detect = false,
        columns = {line: 'VARCHAR'}, delim = '\u001f', quote = '', escape = '', header = false,
        compression = 'zstd', hive_partitioning = false, strict_mode = false)`,
    );
    for (;;) {
      const chunk = await result.fetchChunk();
      if (chunk === null || chunk.rowCount === 0) return;
      const lines = chunk.getColumnVector(0);
      for (let row = 0; row < chunk.rowCount; row += 1) yield `${String(lines.getItem(row))}\n`;
    }
  } finally {
    database.release(connection);
  }
}

/** A text file piece by piece, without a byte-order mark; what is no UTF-8 is shown as U+FFFD. */
export async function* textPieces(
  path: string,
  wrapping: Wrapping,
  database: Database,
): AsyncGenerator<string> {
  if (wrapping === 'zstd') {
    yield* zstdLines(path, database);
    return;
  }
  const decoder = new TextDecoder('utf-8');
  for await (const bytes of plainBytes(path, wrapping)) {
    yield decoder.decode(bytes, { stream: true });
  }
  yield decoder.decode();
}
