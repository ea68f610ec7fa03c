import { createWriteStream, existsSync, mkdirSync, renameSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { SPACING, eightSymbols } from '../rows/input';

const FOLDER = join(tmpdir(), 'barometer-bench');
/** Ticks that are repeated, later each time: so making the file takes no memory to speak of. */
const PIECE = 100_000;
const LINES = 1_000;

/** The path of a CSV file of so many ticks, however many, which is made if nobody has made it yet. */
export async function longFile(ticks: number): Promise<string> {
  const path = join(FOLDER, `long-1-${ticks}.csv`);
  if (existsSync(path)) return path;
  mkdirSync(FOLDER, { recursive: true });
  const unfinished = `${path}.${process.pid}`;
  await pipeline(Readable.from(lines(ticks)), createWriteStream(unfinished));
  renameSync(unfinished, path);
  return path;
}

function* lines(ticks: number): Generator<string> {
  const { symbols, symbol, time, price, size } = eightSymbols(PIECE);
  let text = 'timestamp,symbol,price,size\n';
  for (let row = 0; row < ticks; row += 1) {
    const at = row % PIECE;
    const stamp = (time[at] as number) + Math.floor(row / PIECE) * PIECE * SPACING * 1_000;
    text += `${stamp},${symbols[symbol[at] as number]},${price[at]},${size[at]}\n`;
    if (row % LINES !== LINES - 1) continue;
    yield text;
    text = '';
  }
  yield text;
}
