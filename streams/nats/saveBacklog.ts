import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { recordingLine } from '../live/recording/recordingLine';
import { storedMessage } from './followSubject';
import { openNats } from './openNats';
import type { NatsOptions } from './openNats';
import { publicationOf, rowSubject } from './rowSubjects';

/** Ten digits of microseconds at least: what a line of a recording begins with. */
const FIRST_TIME = 1_000_000_000_000;

/**
 * Writes the rows that a publication holds by now to a file, as a recording has them. Returns the number of
 * the stream up to which they are in it: what follows is the feed's.
 */
export async function saveBacklog(
  url: string,
  access: NatsOptions,
  path: string,
): Promise<{ readonly rows: number; readonly sequence: number }> {
  const { stream, symbols } = publicationOf(url);
  const nats = await openNats(url, access);
  const file = createWriteStream(path, { flags: 'wx' });
  let rows = 0;
  const header = {
    version: 1,
    sources: [{ name: stream, format: 'ticks' }],
    graceMs: 0,
    staleMs: 1,
  };
  try {
    const { state } = await nats.manager.streams.info(stream);
    const sequence = state.last_seq;
    file.write(recordingLine(FIRST_TIME, { kind: 'header', json: JSON.stringify(header) }));
    const subjects = symbols.map((symbol) => rowSubject(stream, symbol));
    for (const subject of subjects.length === 0 ? [`${stream}.*`] : subjects) {
      let after = 0;
      for (;;) {
        const query = { seq: after + 1, next_by_subj: subject };
        const found = await storedMessage(nats, stream, query);
        if (found === undefined || found.sequence > sequence) break;
        after = found.sequence;
        for (const text of Buffer.from(found.data).toString('utf8').split('\n')) {
          const [, time = '0'] = /"time":(\d+)/.exec(text) ?? [];
          rows += 1;
          const line = recordingLine(Number(time), { kind: 'frame', text });
          if (!file.write(line)) await once(file, 'drain');
        }
      }
    }
    return { rows, sequence };
  } finally {
    file.end();
    await once(file, 'close');
    await nats.close();
  }
}
