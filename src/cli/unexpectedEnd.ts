import { writeSync } from 'node:fs';
import { EXIT } from './exitCodes';
import { SIGNAL_CODES } from './interrupts';

/** Frames of Node.js itself and of this function. */
const OTHER_FRAMES = /\(?node:|unexpectedEnd\.[jt]s/;

/**
 * Turns an end of the process that no command intended into exit code 1 and a sentence: an event loop
 * that runs dry, or a call of `process.exit` in a strategy.
 */
export function reportUnexpectedEnd(): { readonly close: () => void } {
  const fail = (text: string): void => {
    process.exitCode = EXIT.failed;
    try {
      writeSync(2, `barometer: ${text}\n`);
    } catch {
      // Nobody reads it.
    }
  };
  const onDry = (): void => {
    // Somebody else knows better what was waited for, and fails by it.
    if (process.listenerCount('beforeExit') > 1) return;
    close();
    fail(
      'the run did not end, and nothing is left that could continue it: something waits for a promise that never settles',
    );
    process.exit(EXIT.failed);
  };
  const onExit = (code: number): void => {
    // A signal ended it.
    if (Object.values<number>(SIGNAL_CODES).includes(code)) return;
    fail(`process.exit was called before the run ended${callerOf(new Error())}`);
  };
  const close = (): void => {
    process.off('beforeExit', onDry);
    process.off('exit', onExit);
  };
  process.on('beforeExit', onDry);
  process.on('exit', onExit);
  return { close };
}

/** Where the call stands, in a strategy's file. */
function callerOf({ stack = '' }: Error): string {
  const frame = stack
    .split('\n')
    .slice(1)
    .find((line) => !OTHER_FRAMES.test(line));
  const place = /\(?((?:file:\/\/)?[^()\s]?[^()]*?:\d+):\d+\)?$/.exec(
    frame?.replace(/^\s*at /, '') ?? '',
  )?.[1];
  return place === undefined ? '' : `, at ${place}`;
}
