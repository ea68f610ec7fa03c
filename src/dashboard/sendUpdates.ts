import type { WebSocket } from 'ws';
import type { FollowedJournal } from './followJournal';
import type { LatestUpdate } from './latestUpdate';

/** Milliseconds between two updates of a page, at least. */
const PACE = 100;

/**
 * Sends what is new to one page. A page that does not read gets the latest state when it reads again, and
 * nothing is queued for it.
 */
export function sendUpdates(
  socket: WebSocket,
  journal: FollowedJournal,
  latest: LatestUpdate,
): void {
  const { timeline } = journal;
  let sent = -1;
  let isDue = true;
  let last = -Infinity;
  const send = (): void => {
    const now = performance.now();
    if (!isDue || now - last < PACE || socket.readyState !== socket.OPEN) return;
    if (socket.bufferedAmount > 0) return;
    isDue = false;
    last = now;
    socket.send(latest.since(sent));
    sent = timeline.version;
  };
  const forget = journal.onChange(() => {
    isDue = true;
    send();
  });
  const timer = setInterval(send, PACE);
  send();
  socket.on('message', () => {
    // A page has nothing to say.
    socket.close(1008);
  });
  socket.on('error', () => undefined);
  socket.on('close', () => {
    clearInterval(timer);
    forget();
  });
}
