import { writeSync } from 'node:fs';
import { explainExit } from '../journal/exitHooks';
import { EXIT } from './exitCodes';
import { SIGNAL_CODES } from './interrupts';

/** Frames of Node.js itself and of this function. */
const OTHER_FRAMES = /\(?node:|unexpectedEnd\.[jt]s/;

const fail = (text: string): void => {
  process.exitCode = EXIT.failed;
  explainExit(text);
  try {
    writeSync(2, `barometer: ${text}\n`);
  } catch {
    // Nobody reads it.
  }
};

const onDry = (): void => {
  // Somebody else knows better what was waited for, and fails by it.
  if (process.listenerCount('beforeExit') > 1) return;
  expectEnd();
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

/**
 * Turns an end of the process that no command intended into exit code 1 and a sentence: an event loop
 * that runs dry, or a call of `process.exit` in a strategy.
 */
export function refuseUnexpectedEnd(): void {
  process.on('beforeExit', onDry);
  // Before those who write why the process ended.
  process.prependListener('exit', onExit);
}

/** The process is about to end as intended. */
export function expectEnd(): void {
  process.off('beforeExit', onDry);
  process.off('exit', onExit);
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
