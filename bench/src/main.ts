import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { machine } from './frame/machine';
import { measure } from './frame/measure';
import type { Order } from './frame/measure';
import { render } from './frame/render';
import { alternate, check } from './frame/rounds';
import { RowError, spawnRow } from './frame/spawn';
import { summarise } from './frame/summary';
import type { Row, Table } from './frame/table';
import { TABLES } from './tables';

const RESULTS = join(__dirname, '../../../results');
const USAGE = `npm run bench -- TABLE [options]

  TABLE             ${Object.keys(TABLES).join(' | ')}
  --quick           a tenth of the size, for a first look
  --smoke           tiny: that it runs, and that all rows find the same
  --size N          items
  --rounds N        rounds
  --cpu             compares by CPU time: for a machine that has other work to do
  --row NAME        only this row (repeat for several)
  --cpu-prof        runs each row once under V8's profiler, and prints where its own time went
  --save            writes bench/results/TABLE.json
`;

class UsageError extends Error {}

async function main(): Promise<void> {
  const { values: options, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      child: { type: 'string' },
      quick: { type: 'boolean', default: false },
      cpu: { type: 'boolean', default: false },
      smoke: { type: 'boolean', default: false },
      'cpu-prof': { type: 'boolean', default: false },
      save: { type: 'boolean', default: false },
      size: { type: 'string' },
      rounds: { type: 'string' },
      row: { type: 'string', multiple: true },
    },
  });
  if (options.child !== undefined) {
    await child(JSON.parse(options.child) as Order);
    return;
  }
  const table = await tableOf(positionals[0]);
  const rows = rowsOf(table, options.row);
  const { sizes } = table;
  const usual = options.smoke ? sizes.smoke : options.quick ? sizes.quick : sizes.full;
  const size = options.size === undefined ? usual : positive('--size', options.size);
  const warmUp = options.smoke ? 0 : table.warmUp;
  if (options['cpu-prof']) {
    for (const row of rows) {
      const setting = { size, checking: false };
      const order = { table: table.name, row: row.name, setting, warmUp, profiled: true };
      const { profile } = await spawnRow(order);
      console.log(`${row.title}\n\n${profile ?? ''}\n`);
    }
    return;
  }
  const quickly = options.smoke ? 1 : options.quick ? Math.min(3, table.rounds) : table.rounds;
  const rounds = options.rounds === undefined ? quickly : positive('--rounds', options.rounds);
  const seen = machine(['rxjs', '@duckdb/node-api', 'tardis-dev', 'ix', 'csv-parse', 'papaparse']);
  await check(table, rows);
  const measured = await alternate(table, rows, { size, rounds, warmUp }, (done, of) => {
    if (process.stderr.isTTY) process.stderr.write(`\r${done}/${of}${done === of ? '\n' : ''}`);
  });
  if (options.smoke) {
    console.log(`${table.title}: all ${rows.length} rows ran on ${size} and found the same`);
    return;
  }
  const by = table.figures.find(({ title }) => title.startsWith('CPU') === options.cpu);
  if (by === undefined) throw new UsageError(`table ${table.name} measures no CPU time`);
  const summary = summarise(table, measured, seen, by);
  console.log(render(table, summary));
  if (options.save) {
    mkdirSync(RESULTS, { recursive: true });
    writeFileSync(join(RESULTS, `${table.name}.json`), `${JSON.stringify(summary, null, 2)}\n`);
  }
}

async function child(order: Order): Promise<void> {
  const table = await tableOf(order.table);
  const [row] = rowsOf(table, [order.row]);
  process.stdout.write(JSON.stringify(await measure(row as Row, order)));
}

async function tableOf(name: string | undefined): Promise<Table> {
  const load = TABLES[name ?? ''];
  if (load === undefined) throw new UsageError(`no table ${name ?? ''}\n\n${USAGE}`);
  return load();
}

function rowsOf(table: Table, names: readonly string[] | undefined): readonly Row[] {
  if (names === undefined) return table.rows;
  return names.map((name) => {
    const row = table.rows.find((one) => one.name === name);
    if (row !== undefined) return row;
    const known = table.rows.map((one) => one.name).join(', ');
    throw new UsageError(`table ${table.name} has no row ${name}, but ${known}`);
  });
}

function positive(option: string, text: string): number {
  const value = Number(text);
  if (Number.isSafeInteger(value) && value > 0) return value;
  throw new UsageError(`${option} ${text}: a whole number above 0 is wanted`);
}

main().catch((error: unknown) => {
  console.error(error instanceof UsageError || error instanceof RowError ? error.message : error);
  process.exitCode = 1;
});
