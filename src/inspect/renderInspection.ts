import { terminalSafe, terminalText } from '../report/terminalText';
import { UNKNOWN_SYMBOL } from './inspectFile';
import type { Gap, Inspection, Window } from './inspectFile';

const LABEL = 12;
const SHOWN_SYMBOLS = 8;

const number = (value: number): string => value.toLocaleString('en-US');

/** One line a fact, the file's name above them. */
export function renderInspection(found: Inspection, replayCommand?: string): string {
  const inspection = terminalSafe(found);
  const { file, format, evidence, first, last, quotes } = inspection;
  const lines: readonly (readonly [string, string])[] = [
    ['format', `${format}: ${evidence}`],
    ['rows', rowsOf(inspection)],
    ...(quotes === undefined ? [] : [['quotes', number(quotes)] as const]),
    ['symbols', symbolsOf(inspection)],
    ['time', first === null ? 'none' : `${first} to ${last ?? first}`],
    ['busiest', busiestOf(inspection)],
    ['gaps', gapsOf(inspection)],
    ['order', orderOf(inspection)],
    ['skipped', skippedOf(inspection)],
    ...othersOf(inspection),
    ...badRowsOf(inspection),
    ...(replayCommand === undefined ? [] : [['replay', terminalText(replayCommand)] as const]),
  ];
  const facts = lines.map(([label, text]) => `  ${label.padEnd(LABEL)}${text}`);
  return [file, ...facts].join('\n');
}

const rowsOf = ({ rows, interval, intervalEvidence }: Inspection): string =>
  `${number(rows)} ${interval === 'tick' ? 'ticks' : `bars of ${interval}`}` +
  (intervalEvidence === undefined ? '' : ` (${intervalEvidence})`);

function othersOf({ zeroPrices = 0, duplicates = 0, overlaps = 0, notes = [] }: Inspection) {
  const facts: (readonly [string, string])[] = [];
  if (duplicates > 0) facts.push(['duplicates', `${number(duplicates)}, counted once`]);
  if (overlaps > 0) {
    facts.push(['overlaps', `${number(overlaps)} bars begin before the one before has ended`]);
  }
  if (zeroPrices > 0) facts.push(['price 0', `${number(zeroPrices)} trades`]);
  for (const note of notes) facts.push(['note', note]);
  return facts;
}

function symbolsOf({ symbols, rowsBySymbol }: Inspection): string {
  if (symbols.length === 1 && symbols[0] === UNKNOWN_SYMBOL) {
    return 'unknown: name it with --symbol, for instance --symbol EURUSD';
  }
  const shown = symbols
    .slice(0, SHOWN_SYMBOLS)
    .map((name) => `${name} (${number(rowsBySymbol[name] ?? 0)})`);
  const rest = symbols.length - shown.length;
  return `${symbols.length}: ${shown.join(', ')}${rest > 0 ? ` and ${rest} others` : ''}`;
}

function busiestOf({ busiestSecond, busiest10ms }: Inspection): string {
  const window = (busy: Window | null, length: string): string =>
    busy === null ? '' : `${number(busy.rows)} rows in the ${length} from ${busy.from}`;
  return busiestSecond === null
    ? 'nothing'
    : `${window(busiestSecond, 'second')}; ${window(busiest10ms, '10 ms')}`;
}

function gapsOf({ gaps, interval, missingBars }: Inspection): string {
  const longest = gaps.map(({ from, seconds }: Gap) => `${number(seconds)} s from ${from}`);
  const missing = interval === 'tick' ? '' : `${number(missingBars)} bars are not there; `;
  return `${missing}${longest.length === 0 ? 'none' : `longest ${longest.join(', ')}`}`;
}

const orderOf = ({ outOfOrder, equalTimes }: Inspection): string =>
  `${number(outOfOrder)} rows out of order, ${number(equalTimes)} with the time of the row before`;

function skippedOf({ skipped, oneSided }: Inspection): string {
  const kinds = Object.entries(skipped).map(([kind, count]) => `${kind} ${number(count)}`);
  if (oneSided > 0) kinds.push(`quotes with one side ${number(oneSided)}`);
  return kinds.length === 0 ? 'nothing' : kinds.join(', ');
}

function badRowsOf({ badRows, badRowsAt }: Inspection): (readonly [string, string])[] {
  const shown = badRowsAt.map(({ line, wrong }) => ['', `line ${line}: ${wrong}`] as const);
  const rest = badRows - shown.length;
  return [
    ['bad rows', number(badRows)],
    ...shown,
    ...(shown.length > 0 && rest > 0 ? [['', `and ${number(rest)} others`] as const] : []),
  ];
}
