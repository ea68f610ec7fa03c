import { isFrameFormat } from '../decoders/layouts';
import type { FrameFormat } from '../decoders/layouts';
import { readRecordingLine } from './recordingLine';
import { recordingLines } from './recordingLines';

/** The format of the frames in a recording that begins with our header; undefined for any other file. */
export async function recordedFormat(path: string): Promise<FrameFormat | undefined> {
  try {
    for await (const [line = ''] of recordingLines(path)) {
      const entry = readRecordingLine(line)?.entry;
      if (entry?.kind !== 'header') return undefined;
      const { sources } = JSON.parse(entry.json) as { sources?: { format?: string }[] };
      const format = sources?.[0]?.format ?? '';
      return isFrameFormat(format) ? format : undefined;
    }
  } catch {
    // Who opens it says what is wrong with it.
  }
  return undefined;
}
