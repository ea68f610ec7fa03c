import type { Inspection } from '../inspect';
import { UNKNOWN_SYMBOL } from '../inspect';
import { shellQuoted } from '../../streams/sources/shellQuoted';
import { READING_OPTIONS } from './options/files';

const written = (name: string): string =>
  `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;

/**
 * The command that replays an inspected file as it was read; nothing where most of its rows are bad.
 *
 * @param options of the inspection, as they were written
 */
export function replayCommandOf(
  { file, interval, rows, badRows, symbols }: Inspection,
  options: Readonly<Record<string, unknown>>,
): string | undefined {
  if (badRows > rows || rows === 0) return undefined;
  const said = [...READING_OPTIONS, 'from', 'to'].flatMap((name) => {
    const value = options[name];
    return typeof value === 'string' ? [`${written(name)} ${shellQuoted(value)}`] : [];
  });
  return [
    'barometer replay',
    shellQuoted(file),
    ...said,
    ...(symbols.includes(UNKNOWN_SYMBOL) ? ['--symbol NAME'] : []),
    ...(badRows > 0 ? ['--bad-rows skip'] : []),
    `--bars ${interval === 'tick' ? '1m' : interval}`,
  ].join(' ');
}

const READS_IT = /: --(thousands|decimal) (\S) reads it$/;

/** The option that all of the bad rows ask for; undefined where they ask for none, or for several. */
export function missingOption({
  badRowsAt,
}: Inspection): Readonly<Record<string, string>> | undefined {
  const asked = badRowsAt.map(({ wrong }) => READS_IT.exec(wrong) ?? []);
  const [[, name, sign] = []] = asked;
  if (name === undefined || sign === undefined) return undefined;
  return asked.every(([, other]) => other === name) ? { [name]: sign } : undefined;
}
