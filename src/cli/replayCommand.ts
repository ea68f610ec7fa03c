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
