#!/usr/bin/env node
// First: what comes after it needs them.
import './requirePeers';
import { CHILD } from '../cluster/runCommand';
import { cli } from './cli';
import { EXIT, messageOf } from './exitCodes';
import { processIo } from './processIo';
import { refuseUnexpectedEnd } from './unexpectedEnd';
import { terminalLines, terminalText } from '../report/terminalText';

/** Libraries check every step of their callers during development. */
process.env['NODE_ENV'] ??= 'production';

const { stdout, stderr, exit } = processIo;
/** What the command returned, as soon as it has. */
let returned: number | undefined;

refuseUnexpectedEnd();

// A task of a sweep ends when the sweep does, however that happens.
if (process.env[CHILD] === '1') {
  process.once('disconnect', () => {
    exit(EXIT.terminated);
  });
  process.channel?.unref();
}

process.on('uncaughtException', (error) => {
  // A run that listens fails by it, and ends in order.
  if (process.listenerCount('uncaughtException') > 1) return;
  stderr.write(`barometer: ${terminalText(messageOf(error))}\n`);
  if (process.env['DEBUG'] === 'barometer') stderr.write(`${terminalLines(error.stack ?? '')}\n`);
  exit(EXIT.failed);
});

/** Readers may have seen enough, as `head` has, or their terminal is closed. */
const HAS_NO_READER = ['EPIPE', 'EIO', 'ERR_STREAM_DESTROYED'];

stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (HAS_NO_READER.includes(error.code ?? '')) {
    exit(returned ?? EXIT.done);
    return;
  }
  stderr.write(`barometer: standard output cannot be written: ${error.message}\n`);
  exit(returned === undefined || returned === EXIT.done ? EXIT.failed : returned);
});
stderr.on('error', () => undefined);

void cli(process.argv.slice(2), processIo).then((code) => {
  returned = code;
  // A strategy may have left something open; what was written has to arrive all the same.
  stdout.write('', (error) => {
    if (error !== null && error !== undefined) return;
    stderr.write('', () => {
      exit(code);
    });
  });
});
