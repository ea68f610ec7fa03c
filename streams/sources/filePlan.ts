import type { FileOptions, PriceOfQuotes, Role, RowKind } from './fileOptions';
import type { FormatLayout, Probe } from './formats';
import { columnFormats } from './formats';
import { notOfFormat } from './formatOption';
import { adviseColumns } from './formats/adviseColumns';
import { columnsByName, plainName, sidesByName } from './formats/namedColumns';
import type { TickField } from './formats/format';
import { TICK_ROLES } from './tickLayout';
import type { TickLayout } from './tickLayout';
import { SourceError } from './sourceError';

/** What is read from a table, and as what. */
export interface FilePlan extends Omit<FormatLayout, 'columns' | 'symbol' | 'ticks'> {
  readonly format: string;
  /** By what the format was recognized. */
  readonly evidence: string;
  readonly kind: RowKind;
  /** Of quotes: the price that is taken. */
  readonly price: PriceOfQuotes;
  /** Positions of the columns, counted from 0. */
  readonly columns: Readonly<Partial<Record<Role, number>>> & { readonly time: number };
  /** The symbol of all rows, where no column holds it. */
  readonly symbol?: string;
  /** What stands for a price that is not there, besides nothing. */
  readonly absent?: string;
  /** Trades and quotes with all that they have. */
  readonly ticks?: TickLayout;
}

/** What the ticks of a table have besides price and size. */
export const fieldsOf = ({ ticks }: FilePlan): readonly TickField[] =>
  TICK_FIELDS.filter((role) => ticks?.columns[role] !== undefined);

const TICK_FIELDS = ['side', 'bid', 'ask', 'bidSize', 'askSize'] as const;

/** Without the column of the date, where another one says all of the time. */
export function withoutDate(plan: FilePlan): FilePlan {
  const { date, ...columns } = plan.columns;
  return date === undefined ? plan : { ...plan, columns };
}

type FileColumns = Readonly<Partial<Record<Role, number>>>;

const roles: Readonly<Record<string, Role>> = {
  time: 'time',
  date: 'date',
  symbol: 'symbol',
  price: 'price',
  size: 'size',
  volume: 'size',
  bid: 'bid',
  ask: 'ask',
  open: 'open',
  high: 'high',
  low: 'low',
  close: 'close',
  side: 'side',
  bidsize: 'bidSize',
  asksize: 'askSize',
};

/** Decides what a file is: by `--columns` where it is given, by its format otherwise. */
export function planFile(path: string, probe: Probe, options: FileOptions): FilePlan {
  const { facts, layout } = recogniseFile(path, probe, options);
  const { columns, symbol: named, ticks, ...rest } = layout;
  const { kind, price } = kindOf(path, probe, columns, rest.isPriced === true ? {} : options);
  const { time } = columns;
  if (time === undefined) throw unknownColumns(path, probe);
  if (facts.format === 'named') checkDistinct(path, probe, columns, options);
  const absent = rest.divisor === undefined ? {} : { absent: UNDEFINED_INTEGER };
  const plan = {
    ...facts,
    ...rest,
    ...absent,
    kind,
    price,
    columns: { ...columns, time },
    ...(kind !== 'bars' && { ticks: ticksOf(columns, ticks) }),
  };
  if (columns.symbol !== undefined) return plan;
  const symbol = options.symbol ?? named ?? options.unknownSymbol;
  if (symbol === undefined || symbol === '') {
    throw new SourceError(
      'SOURCE_NO_SYMBOL',
      path,
      'no column holds the symbol, and the name of the file does not tell it',
      'Name it with --symbol, for instance --symbol EURUSD.',
    );
  }
  return { ...plan, symbol };
}

function ticksOf(columns: FileColumns, stated: Partial<TickLayout> = {}): TickLayout {
  const own = TICK_ROLES.flatMap((role) => {
    const at = columns[role];
    return at === undefined ? [] : [[role, at] as const];
  });
  return { ...stated, columns: { ...Object.fromEntries(own), ...stated.columns } };
}

/** A bar of which only one price is known has it four times. */
const isOfBar = (role: string): boolean => ['open', 'high', 'low', 'close'].includes(role);

/** Refuses a column with two meanings, and a name that several columns have, one of which would be a guess. */
function checkDistinct(
  path: string,
  { header = [] }: Probe,
  columns: FileColumns,
  { columns: said = {} }: FileOptions,
): void {
  const positions = Object.values(said).map((column) => column.trim());
  for (const [role, at] of Object.entries(columns)) {
    const other = Object.entries(columns).find(
      ([name, place]) => name !== role && place === at && !(isOfBar(name) && isOfBar(role)),
    );
    if (other !== undefined) {
      throw new SourceError(
        'SOURCE_BAD_OPTION',
        '--columns',
        `column ${at + 1}${header[at] === undefined ? '' : ` (${header[at]})`} is said to be ${role} and ${other[0]}`,
        'Give each role its own column.',
      );
    }
    const name = plainName(header[at] ?? '');
    const alike = header.flatMap((each, place) => (plainName(each) === name ? [place + 1] : []));
    if (name === '' || alike.length < 2 || positions.includes(String(at + 1))) continue;
    throw new SourceError(
      'SOURCE_UNKNOWN_COLUMNS',
      path,
      `columns ${alike.join(' and ')} are both called ${header[at] ?? ''}`,
      `Say which is meant by its position: --columns ${role}=${alike[0] ?? 1}.`,
    );
  }
}

/** Columns that look like a volume, where none is read. */
export function droppedVolume(
  { columns, kind }: FilePlan,
  { header = [] }: Probe,
): readonly string[] {
  if (columns.size !== undefined || kind === 'quotes') return [];
  const found = header.filter((name) => /vol|qty|quantity|\bsize|amount/i.test(name));
  if (found.length === 0) return [];
  return [
    `No volume is read; it may be in ${found.join(', ')}: --columns volume=${found[0] ?? ''}.`,
  ];
}

/** How integer prices that are undefined are written: the greatest of 64 bits. */
const UNDEFINED_INTEGER = '9223372036854775807';

function recogniseFile(
  path: string,
  probe: Probe,
  options: FileOptions,
): { facts: { format: string; evidence: string }; layout: FormatLayout } {
  const said = Object.entries(options.columns ?? {});
  if (said.length > 0) {
    const byHand: Partial<Record<Role, number>> = {};
    for (const [word, column] of said) {
      const role = roles[plainName(word)];
      if (role === undefined) {
        throw new SourceError(
          'SOURCE_BAD_OPTION',
          '--columns',
          `"${word}" is nothing that a column can be`,
          `Use ${Object.keys(roles).join(', ')}.`,
        );
      }
      byHand[role] = positionOf(path, probe, column);
    }
    const facts = {
      format: 'named',
      evidence: `columns said by hand: ${said.map(([word]) => word).join(', ')}`,
    };
    const taken = Object.values(byHand);
    const found = Object.entries(withoutRivals(columnsByName(probe), byHand));
    const others = found.filter(([, at]) => !taken.includes(at));
    const columns: FileColumns = { ...Object.fromEntries(others), ...byHand };
    return { facts, layout: { columns: withTime(columns), ...sidesByName(probe, columns) } };
  }
  for (const format of columnFormats) {
    if (options.format !== undefined && options.format !== format.name) continue;
    const evidence = format.recognise(probe);
    if (evidence === undefined) continue;
    return { facts: { format: format.name, evidence }, layout: format.layout(probe, options) };
  }
  if (options.format !== undefined) throw notOfFormat(path, options.format, describeColumns(probe));
  throw unknownColumns(path, probe);
}

/** A date alone is the time. */
function withTime({ date, ...columns }: FileColumns): FileColumns {
  if (date === undefined) return columns;
  const { time } = columns;
  return time === undefined || time === date ? { ...columns, time: date } : { ...columns, date };
}

/** A price said by hand means a price: columns of another kind that were found by name do not count. */
function withoutRivals(found: FileColumns, said: FileColumns): FileColumns {
  const kept: Partial<Record<Role, number>> = { ...found };
  const drop = (...rivals: readonly Role[]): void => {
    for (const role of rivals) delete kept[role];
  };
  if (said.price !== undefined) drop('open', 'high', 'low', 'close');
  else if (said.close !== undefined) drop('price', 'bid', 'ask');
  else if (said.bid !== undefined || said.ask !== undefined) {
    drop('price', 'open', 'high', 'low', 'close');
  }
  if (said.time !== undefined) drop('date');
  return kept;
}

function positionOf(path: string, probe: Probe, column: string): number {
  const { header, width } = probe;
  const exact = header?.indexOf(column.trim()) ?? -1;
  if (exact >= 0) return exact;
  const alike = header?.map(plainName).indexOf(plainName(column)) ?? -1;
  if (alike >= 0) return alike;
  const position = Number(/^(?:column)?(\d+)$/i.exec(column.trim())?.[1]);
  if (position >= 1 && position <= width) return position - 1;
  throw new SourceError(
    'SOURCE_UNKNOWN_COLUMNS',
    path,
    `there is no column "${column}"; there are ${describeColumns(probe)}`,
    'Say --columns with these names, or with positions counted from 1.',
  );
}

function kindOf(
  path: string,
  probe: Probe,
  columns: FileColumns,
  options: FileOptions,
): { kind: RowKind; price: PriceOfQuotes } {
  const { bid, ask } = columns;
  const hasBid = bid !== undefined;
  const hasAsk = ask !== undefined;
  if (options.price !== undefined) {
    const there =
      options.price === 'mid' ? hasBid && hasAsk : options.price === 'bid' ? hasBid : hasAsk;
    if (there) return { kind: 'quotes', price: options.price };
    throw new SourceError(
      'SOURCE_NO_QUOTES',
      path,
      `has no ${options.price === 'mid' ? 'bid and ask' : options.price}; there are ${describeColumns(probe)}`,
      'Leave out --price, or say where they are: --columns bid=…,ask=….',
    );
  }
  const { open, high, low, close } = columns;
  if (open !== undefined && high !== undefined && low !== undefined && close !== undefined) {
    return { kind: 'bars', price: 'mid' };
  }
  if (columns.price !== undefined) return { kind: 'trades', price: 'mid' };
  if (hasBid || hasAsk) {
    return { kind: 'quotes', price: hasBid && hasAsk ? 'mid' : hasBid ? 'bid' : 'ask' };
  }
  throw unknownColumns(path, probe);
}

function describeColumns(probe: Probe): string {
  if (probe.header !== undefined) return `the columns ${probe.header.join(', ')}`;
  const first = (probe.rows[0] ?? []).join(',');
  const shown = first.length > 100 ? `${first.slice(0, 100)}…` : first;
  return `${probe.width} columns without names (first row: ${shown})`;
}

function unknownColumns(path: string, probe: Probe): SourceError {
  const example = adviseColumns(probe);
  return new SourceError(
    'SOURCE_UNKNOWN_COLUMNS',
    path,
    `cannot tell what is in ${describeColumns(probe)}`,
    'Needed are a time, and a price, or bid and ask, or open, high, low and close. ' +
      (example === undefined
        ? 'Say which is which with --columns, for instance --columns time=1,price=2.'
        : `Say which is which, for instance --columns ${example}.`),
  );
}
