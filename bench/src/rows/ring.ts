import type { Outcome, Row } from '../frame/table';
import { byMessages, throughRing } from '../threads/ringThroughput';

/** Milliseconds are a row's own: what it takes to start a thread is not in them. */
const timed = (items: number, perSecond: number): Outcome => ({
  items,
  figures: { ms: items / perSecond / 1_000 },
});

export const messages: Row = {
  name: 'messages',
  title: 'a message for each item, postMessage',
  compared: false,
  prepare: ({ size }) => {
    const items = Math.ceil(size / 40);
    return async () => timed(items, await byMessages(items));
  },
};

export const ring: Row = {
  name: 'ring',
  title: 'references through the ring',
  compared: false,
  prepare:
    ({ size }) =>
    async () =>
      timed(size, await throughRing(size)),
};
