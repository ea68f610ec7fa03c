import { readFileSync } from 'node:fs';
import { decompress } from 'fzstd';
import type { Row } from './readAll';

/** The two instruments of the recorded files, as their metadata say. */
const SYMBOLS: Readonly<Record<number, string>> = { 118: 'ESU4', 4358: 'NQU4' };

/** The records of a recorded DBN file, decoded another way than ours: all at once, with BigInt. */
export function decodeDbn(path: string): Row[] {
  const bytes = Buffer.from(decompress(readFileSync(path)));
  const rows: Row[] = [];
  for (let at = 8 + bytes.readUInt32LE(4); at < bytes.length; at += bytes.readUInt8(at) * 4) {
    const type = bytes.readUInt8(at + 1);
    const price = (offset: number): number => Number(bytes.readBigInt64LE(at + offset)) / 1e9;
    const one = (): number => (type === 0 ? price(16) : (price(48) + price(56)) / 2);
    const [open = 0, high = 0, low = 0, close = 0] =
      type < 2 ? Array.from({ length: 4 }, one) : [16, 24, 32, 40].map(price);
    const volume = [bytes.readUInt32LE(at + 24), 0][type] ?? Number(bytes.readBigUInt64LE(at + 48));
    rows.push({
      symbol: SYMBOLS[bytes.readUInt32LE(at + 4)] ?? '',
      time: Number(bytes.readBigUInt64LE(at + (type < 2 ? 32 : 8)) / 1000n),
      open,
      high,
      low,
      close,
      volume,
    });
  }
  return rows;
}
