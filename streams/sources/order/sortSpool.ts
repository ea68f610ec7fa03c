import { Heap } from '../../../operators/kernel/heap';
import type { RowBlock } from './rowBlock';
import { borrowBlock, returnBlock } from './blockMemory';
import { BLOCK_ROWS, copyRow } from './rowBlock';
import type { Spool } from './spool';

/** Blocks that are sorted in memory at a time: a million rows. */
const PIECE_BLOCKS = 128;

/** Blocks of a spool, `from` up to but not including `to`, whose rows are in order. */
interface Run {
  readonly from: number;
  to: number;
}

/**
 * Puts the rows of a spool in order of time, rows with equal times as they stood: sorts a piece at a
 * time in memory, writes that to a second spool, and merges the pieces. Pieces that follow one
 * another in time are one run, so where few rows are out of place there is little to merge.
 */
export async function* sortSpool(
  spool: Spool,
  prices: number,
  create: (name: string) => Spool,
  signal: AbortSignal,
): AsyncGenerator<RowBlock> {
  const sorted = create('sorted');
  const runs: Run[] = [];
  let latest = Infinity;
  for (let from = 0; from < spool.blocks; from += PIECE_BLOCKS) {
    const to = Math.min(from + PIECE_BLOCKS, spool.blocks);
    const first = sorted.blocks;
    let earliest = Infinity;
    for (const block of sortBlocks(await readBlocks(spool, from, to), prices)) {
      if (signal.aborted) return;
      if (earliest === Infinity) earliest = block.time[0] as number;
      if (sorted.blocks === first && earliest < latest) runs.push({ from: first, to: first });
      latest = block.time[block.length - 1] as number;
      await sorted.append(block);
    }
    (runs.at(-1) as Run).to = sorted.blocks;
  }
  await sorted.flush();
  yield* mergeRuns(sorted, runs, prices);
}

async function readBlocks(spool: Spool, from: number, to: number): Promise<RowBlock[]> {
  const blocks: RowBlock[] = [];
  for (let index = from; index < to; index += 1) blocks.push(await spool.read(index));
  return blocks;
}

/** All blocks but the last are full, so a row's number tells its block. */
function* sortBlocks(blocks: readonly RowBlock[], prices: number): Generator<RowBlock> {
  const times = blocks.flatMap((block) => Array.from(block.time.subarray(0, block.length)));
  const order = Array.from(times, (_, row) => row);
  order.sort((a, b) => (times[a] as number) - (times[b] as number) || a - b);
  try {
    for (let from = 0; from < order.length; from += BLOCK_ROWS) {
      const target = borrowBlock(prices);
      target.length = Math.min(BLOCK_ROWS, order.length - from);
      for (let row = 0; row < target.length; row += 1) {
        const index = order[from + row] as number;
        const source = blocks[Math.floor(index / BLOCK_ROWS)] as RowBlock;
        copyRow(source, index % BLOCK_ROWS, target, row);
      }
      yield target;
    }
  } finally {
    blocks.forEach(returnBlock);
  }
}

/** Where a run is being read. */
interface Cursor {
  readonly run: Run;
  readonly rank: number;
  index: number;
  block: RowBlock;
  row: number;
}

async function* mergeRuns(
  spool: Spool,
  runs: readonly Run[],
  prices: number,
): AsyncGenerator<RowBlock> {
  const heads = new Heap<Cursor>((a, b) => {
    const before = (a.block.time[a.row] as number) - (b.block.time[b.row] as number);
    return before < 0 || (before === 0 && a.rank < b.rank);
  });
  for (const [rank, run] of runs.entries()) {
    heads.push({ run, rank, index: run.from, block: await spool.read(run.from), row: 0 });
  }
  let target = borrowBlock(prices);
  for (let head = heads.peek(); head !== undefined; head = heads.peek()) {
    copyRow(head.block, head.row, target, target.length);
    target.length += 1;
    head.row += 1;
    if (head.row < head.block.length) heads.settleTop();
    else if (head.index + 1 < head.run.to) {
      returnBlock(head.block);
      head.index += 1;
      head.block = await spool.read(head.index);
      head.row = 0;
      heads.settleTop();
    } else {
      returnBlock(head.block);
      heads.pop();
    }
    if (target.length === BLOCK_ROWS) {
      yield target;
      target = borrowBlock(prices);
    }
  }
  if (target.length > 0) yield target;
}
