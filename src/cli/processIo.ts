import { fstatSync, writeSync } from 'node:fs';
import { constants, devNull } from 'node:os';
import { Writable } from 'node:stream';
import { endProcess } from './endProcess';
import { SIGNAL_CODES } from './interrupts';
import type { Io, Out } from './io';
import { startWatchdog } from './watchdog';

/** Milliseconds that the main thread has to end after the second signal. */
const GRACE = 500;

/** The real process. */
export const processIo: Io = {
  stdout: outOf(process.stdout, 1),
  stderr: process.stderr,
  env: process.env,
  signals: process,
  exit: endProcess,
  watchdog: () =>
    startWatchdog({
      signals: Object.keys(SIGNAL_CODES).flatMap(
        (name) => constants.signals[name as keyof typeof SIGNAL_CODES] ?? [],
      ),
      graceMs: GRACE,
      devNull,
    }),
};

/** Node's own stream for files ignores that a disk took only a part; pipes and terminals are right. */
function outOf(stream: NodeJS.WriteStream & Out, fd: number): Out {
  if (stream.isTTY) return stream;
  try {
    const status = fstatSync(fd);
    if (status.isFIFO() || status.isSocket()) return stream;
  } catch {
    return stream;
  }
  return new Writable({
    decodeStrings: true,
    write(chunk: Buffer, _encoding, done) {
      try {
        for (let at = 0; at < chunk.length;) at += writeSync(fd, chunk, at);
        done();
      } catch (error) {
        done(error as Error);
      }
    },
  });
}
