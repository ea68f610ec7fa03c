import { constants } from 'node:os';
import { setTimeout as wait } from 'node:timers/promises';
import { expectEnd } from './unexpectedEnd';
import { stopWatchdogs } from './watchdog';

const STEP = 5;
/** Milliseconds that file operations have to finish. */
const PATIENCE = 150;

const hasPendingFileOperation = (): boolean =>
  process.getActiveResourcesInfo().some((name) => name.startsWith('FSReq'));

/**
 * Ends the process at once. `process.exit` never returns where a file operation never ends, such as
 * opening a pipe that nobody writes to: then the process ends by the signal that the code stands for.
 */
export function endProcess(code: number): void {
  expectEnd();
  if (!hasPendingFileOperation()) process.exit(code);
  process.exitCode = code;
  void (async () => {
    // It would call `process.exit` here.
    await stopWatchdogs();
    for (let waited = 0; waited < PATIENCE; waited += STEP) {
      await wait(STEP);
      if (!hasPendingFileOperation()) process.exit(code);
    }
    process.emit('exit', code);
    const { SIGKILL, ...signals } = constants.signals;
    for (const name of ['SIGHUP', 'SIGINT', 'SIGTERM'] as const) process.removeAllListeners(name);
    const isSignal = Object.values(signals).includes(code - 128);
    if (isSignal) process.kill(process.pid, code - 128);
    // No signal stands for the code, or the signal is ignored, as SIGHUP is under nohup.
    process.kill(process.pid, SIGKILL);
  })();
}
