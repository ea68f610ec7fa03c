import { z } from 'zod';
import type { Micros } from '../../bars/bar';
import { SourceError } from '../../sources/sourceError';
import { RowRanges } from '../rowRanges';
import { recordingLines } from './recordingLines';
import { readRecordingLine } from './recordingLine';
import type { RecordingHeader } from './recordingLine';

/** What has to be known of a recording before its frames are read. */
export interface RecordingSurvey {
  /** Of a recording that another program has made, undefined. */
  readonly header: RecordingHeader | undefined;
  /** Receive time of the first line. */
  readonly start: Micros;
  /** Rows that the session lost: a dropped row is older than the line that says so. */
  readonly lost: RowRanges;
  /** Of all lines. */
  readonly lines: number;
}

const headerSchema: z.ZodType<RecordingHeader> = z.object({
  version: z.literal(1),
  sources: z
    .array(
      z.object({
        name: z.string(),
        format: z.string(),
        price: z.enum(['mid', 'bid', 'ask']).exactOptional(),
      }),
    )
    .min(1)
    .max(256),
  graceMs: z.number().nonnegative(),
  staleMs: z.number().positive(),
});

/** Reads a recording through once. */
export async function surveyRecording(path: string): Promise<RecordingSurvey> {
  let header: RecordingHeader | undefined;
  let start: Micros | undefined;
  let count = 0;
  const lost = new RowRanges();
  for await (const lines of recordingLines(path)) {
    count += lines.length;
    for (const line of lines) {
      if (start !== undefined && !line.includes(' #')) continue;
      const read = readRecordingLine(line);
      if (read === undefined) continue;
      start ??= read.at;
      const { entry } = read;
      if (entry.kind === 'header') header ??= headerOf(path, entry.json);
      else if (entry.kind === 'drop') lost.add(entry.from, entry.to, 'dropped');
      else if (entry.kind === 'discard') lost.add(entry.from, entry.to, 'discarded');
    }
  }
  if (start === undefined) {
    throw new SourceError(
      'SOURCE_NO_CLOCK',
      path,
      'has no line with a time of receipt before its frame',
      'A recording has lines such as 1723161254087896568 {"e":"trade",…}; replay reads files without.',
    );
  }
  return { header, start, lost, lines: count };
}

function headerOf(path: string, json: string): RecordingHeader {
  try {
    return headerSchema.parse(JSON.parse(json));
  } catch {
    throw new SourceError(
      'SOURCE_UNSUPPORTED',
      path,
      'has a first line that is damaged, or of a newer version of Barometer',
      'Check the recording, or update Barometer.',
    );
  }
}
