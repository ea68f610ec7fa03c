#!/usr/bin/env node
import { cli } from './cli';
import { EXIT, messageOf } from './exitCodes';
import { processIo } from './io';

/** Libraries check their callers' every step unless told that this is no development. */
process.env['NODE_ENV'] ??= 'production';

/** What nobody waits for fails too: a strategy's timer, a promise that it forgot. */
process.on('uncaughtException', (error) => {
  process.stderr.write(`barometer: ${messageOf(error)}\n`);
  if (process.env['DEBUG'] === 'barometer') process.stderr.write(`${error.stack ?? ''}\n`);
  process.exit(EXIT.failed);
});

/** Whoever reads our output may have seen enough, as `head` has. */
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    process.exit(error.code === 'EPIPE' ? EXIT.done : EXIT.failed);
  });
}

void cli(process.argv.slice(2), processIo).then((code) => {
  // A strategy may have left something open; what was written has to arrive all the same.
  process.stdout.write('', () => {
    process.stderr.write('', () => process.exit(code));
  });
});
