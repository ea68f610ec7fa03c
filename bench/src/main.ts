import { CommandError, parseCommand, tableNamed } from './frame/command';
import type { Command } from './frame/command';
import { machine } from './frame/machine';
import { measure } from './frame/measure';
import type { Order } from './frame/measure';
import { render } from './frame/render';
import { save } from './frame/results';
import { alternate, check } from './frame/rounds';
import { RowError, spawnRow } from './frame/spawn';
import { summarise } from './frame/summary';
import type { Row, Table } from './frame/table';

const PACKAGES = ['rxjs', '@duckdb/node-api', 'tardis-dev', 'ix', 'csv-parse', 'papaparse'];

async function main(): Promise<void> {
  const [first, order] = process.argv.slice(2);
  if (first === '--child') {
    await runChild(JSON.parse(order ?? '') as Order);
    return;
  }
  const command = parseCommand(process.argv.slice(2));
  for (const name of command.tables) {
    const table = await tableNamed(name);
    const rows = command.rowsOf(table);
    if (command.smoke) await smoke(table, rows);
    else if (command.profile) await profile(table, rows, command);
    else await compare(table, rows, command);
  }
}

/** That it runs, and that all rows find the same: nothing is measured. */
async function smoke(table: Table, rows: readonly Row[]): Promise<void> {
  const smoked = rows.filter(({ inSmoke }) => inSmoke !== false);
  await check(table, smoked);
  const which =
    smoked.length === rows.length ? `all ${rows.length}` : `${smoked.length} of ${rows.length}`;
  console.log(`${table.name}: ${which} rows ran and found the same`);
}

async function profile(table: Table, rows: readonly Row[], command: Command): Promise<void> {
  const setting = { size: command.sizeOf(table), seed: command.seed, checking: false };
  for (const row of rows) {
    const { warmUp } = table;
    const measured = await spawnRow({
      table: table.name,
      row: row.name,
      setting,
      warmUp,
      profiled: true,
    });
    console.log(`${row.title}\n\n${measured.profile ?? ''}\n`);
  }
}

async function compare(table: Table, rows: readonly Row[], command: Command): Promise<void> {
  const by = command.figureOf(table);
  const before = machine(PACKAGES);
  await check(
    table,
    rows.filter(({ compared }) => compared !== false),
  );
  const rounds = await alternate(table, rows, {
    size: command.sizeOf(table),
    rounds: command.roundsOf(table),
    warmUp: table.warmUp,
    seed: command.seed,
    progress: (done, of) => {
      if (process.stderr.isTTY) process.stderr.write(`\r${done}/${of}${done === of ? '\n' : ''}`);
    },
  });
  const summary = summarise(table, rounds, before, by);
  const text = render(table, summary);
  console.log(`${text}\n`);
  if (command.save) save(summary, text);
}

async function runChild(order: Order): Promise<void> {
  const table = await tableNamed(order.table);
  const row = table.rows.find(({ name }) => name === order.row);
  if (row === undefined) throw new CommandError(`table ${order.table} has no row ${order.row}`);
  process.stdout.write(JSON.stringify(await measure(row, order)));
}

main().catch((error: unknown) => {
  const expected = error instanceof CommandError || error instanceof RowError;
  console.error(expected ? error.message : error);
  process.exitCode = 1;
});
