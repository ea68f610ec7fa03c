import type { Table } from '../frame/table';
import { messages, ring as throughRing } from '../rows/ring';
import { ownMillionsPerSecond, ownNsPer } from './figures';

export const ring: Table = {
  name: 'ring',
  title: 'From thread to thread',
  input: (size) =>
    `${size.toLocaleString('en')} references through the ring, ${Math.ceil(size / 40).toLocaleString('en')} items by message. What it takes to start the thread is left out`,
  rows: [messages, throughRing],
  sizes: { full: 4_000_000, quick: 1_000_000, smoke: 20_000 },
  warmUp: 200_000,
  rounds: 5,
  figures: [ownNsPer('item'), ownMillionsPerSecond('items')],
  targets: [{ row: 'ring', beside: 'messages', atLeast: 10 }],
};
