import { parseArgs } from 'node:util';
import { TABLES } from '../tables';
import type { Figure, Row, Table } from './table';

export class CommandError extends Error {}

/** What was asked for at the command line. */
export interface Command {
  readonly tables: readonly string[];
  readonly smoke: boolean;
  readonly profile: boolean;
  readonly save: boolean;
  readonly seed: number;
  rowsOf(table: Table): readonly Row[];
  sizeOf(table: Table): number;
  roundsOf(table: Table): number;
  /** The figure that rows are compared by. */
  figureOf(table: Table): Figure;
}

const USAGE = `npm run bench -- TABLE... [options]

  TABLE         ${Object.keys(TABLES).join(' | ')} | all
  --quick       smaller and fewer rounds, for a first look
  --cpu         compares by CPU time: for a machine that has other work to do
  --size N      items
  --rounds N    rounds
  --seed N      of random arrivals and work (default: from the time of day)
  --row NAME    only this row (repeat for several)
  --cpu-prof    runs each row once under V8's profiler, and prints where its own time went
  --save        keeps it: bench/results/TABLE.json, and its place in bench/README.md
  --smoke       tiny and untimed: that all rows run, and find the same`;

/** Throws a `CommandError` where it makes no sense. */
export function parseCommand(args: readonly string[]): Command {
  const { values, positionals } = parsed(args);
  const size = values.size === undefined ? undefined : positive('--size', values.size);
  const rounds = values.rounds === undefined ? undefined : positive('--rounds', values.rounds);
  const tables = positionals.includes('all') ? Object.keys(TABLES) : positionals;
  const unknown = tables.find((name) => !(name in TABLES));
  if (unknown !== undefined) throw new CommandError(`no table ${unknown}\n\n${USAGE}`);
  if (tables.length === 0) throw new CommandError(USAGE);
  return {
    tables,
    smoke: values.smoke,
    profile: values['cpu-prof'],
    save: values.save,
    seed: values.seed === undefined ? freshSeed() : positive('--seed', values.seed),
    rowsOf: (table) => values.row?.map((name) => rowNamed(table, name)) ?? table.rows,
    sizeOf: ({ sizes }) => size ?? (values.quick ? sizes.quick : sizes.full),
    roundsOf: (table) => rounds ?? (values.quick ? Math.min(3, table.rounds) : table.rounds),
    figureOf: ({ name, figures }) => {
      const figure = figures.find(({ title }) => title.startsWith('CPU') === values.cpu);
      if (figure === undefined) throw new CommandError(`table ${name} measures no CPU time`);
      return figure;
    },
  };
}

/** A seed that nobody has tuned anything on. */
const freshSeed = (): number => 1 + (Date.now() % (2 ** 31 - 1));

export const tableNamed = (name: string): Promise<Table> => {
  const load = TABLES[name];
  if (load === undefined) throw new CommandError(`no table ${name}`);
  return load();
};

function parsed(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        quick: { type: 'boolean', default: false },
        cpu: { type: 'boolean', default: false },
        smoke: { type: 'boolean', default: false },
        'cpu-prof': { type: 'boolean', default: false },
        save: { type: 'boolean', default: false },
        seed: { type: 'string' },
        size: { type: 'string' },
        rounds: { type: 'string' },
        row: { type: 'string', multiple: true },
      },
    });
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    throw new CommandError(`${message}\n\n${USAGE}`);
  }
}

function rowNamed(table: Table, name: string): Row {
  const row = table.rows.find((one) => one.name === name);
  if (row !== undefined) return row;
  const known = table.rows.map((one) => one.name).join(', ');
  throw new CommandError(`table ${table.name} has no row ${name}, but ${known}`);
}

function positive(option: string, text: string): number {
  const value = Number(text);
  if (Number.isSafeInteger(value) && value > 0) return value;
  throw new CommandError(`${option} ${text}: a whole number above 0 is wanted`);
}
