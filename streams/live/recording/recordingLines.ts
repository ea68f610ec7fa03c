import { createReadStream } from 'node:fs';
import { StringDecoder } from 'node:string_decoder';
import { constants, createGunzip } from 'node:zlib';
import { compressionOf } from '../../sources/compression/compression';
import { SourceError } from '../../sources/sourceError';

/** A line longer than this is no frame. */
const LONGEST_LINE = 16 * 1024 * 1024;

/**
 * The lines of a recording, a batch at a time. A recording that was cut off, as one of a process that was killed, is
 * read to where it ends; a last line without an end is left out unless it is a whole frame.
 */
export async function* recordingLines(path: string): AsyncGenerator<readonly string[]> {
  const compression = await compressionOf(path);
  if (compression !== 'none' && compression !== 'gzip') {
    throw new SourceError(
      'SOURCE_UNSUPPORTED',
      path,
      `is ${compression}, and recordings are text or gzip`,
      'Unpack it first.',
    );
  }
  const file = createReadStream(path);
  // Flushed at the end, a stream that was cut off is no error.
  const gunzip =
    compression === 'gzip' ? createGunzip({ finishFlush: constants.Z_SYNC_FLUSH }) : undefined;
  if (gunzip !== undefined) {
    file.on('error', (error) => gunzip.destroy(error));
    file.pipe(gunzip);
  }
  const decoder = new StringDecoder('utf8');
  let rest = '';
  try {
    for await (const bytes of gunzip ?? file) {
      const lines = (rest + decoder.write(bytes as Buffer)).split('\n');
      rest = lines.pop() ?? '';
      if (rest.length > LONGEST_LINE) {
        throw new SourceError(
          'SOURCE_UNSUPPORTED',
          path,
          'has a line of more than 16 MB',
          'Check that it is a recording.',
        );
      }
      yield lines;
    }
    if (/[}\]]\s*$/.test(rest) || /^\d+ #end$/.test(rest)) yield [rest];
  } finally {
    file.destroy();
    gunzip?.destroy();
  }
}
