/** `node readlineBars.js FILE MICROSECONDS`: bars of a CSV file as a plain script makes them; prints how many there are. */
import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';

const [path = '', length = ''] = process.argv.slice(2);

interface OpenBar {
  start: number;
  open: number;
  high: number;
  low: number;
  close: number;
  volume: number;
}

async function main(): Promise<void> {
  const open = new Map<string, OpenBar>();
  let closed = 0;
  let isHeader = true;
  for await (const line of createInterface({ input: createReadStream(path) })) {
    if (isHeader) {
      isHeader = false;
      continue;
    }
    const [time = '', symbol = '', text = '', size = ''] = line.split(',');
    const price = Number(text);
    const start = Math.floor(Number(time) / Number(length));
    let bar = open.get(symbol);
    if (bar?.start !== start) {
      if (bar !== undefined) closed += 1;
      bar = { start, open: price, high: price, low: price, close: price, volume: 0 };
      open.set(symbol, bar);
    }
    if (price > bar.high) bar.high = price;
    if (price < bar.low) bar.low = price;
    bar.close = price;
    bar.volume += Number(size);
  }
  console.log(closed + open.size);
}

void main();
