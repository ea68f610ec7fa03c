import { statSync } from 'node:fs';
import type { InputFile, RunSetup, SetupValue } from '../journal';
import { strategySetups } from '../strategies/strategySetups';
import type { FileSource, RowSource } from '../../streams';
import { gitState } from './gitState';
import { CALENDAR_OPTIONS } from './options/calendar';
import { READING_OPTIONS } from './options/files';

/** Options that decide what a run does; the others say what is shown and written of it. */
export const REPEATED_OPTIONS: readonly string[] = [
  ...[
    'bars',
    'symbols',
    'derive',
    'strategy',
    'mode',
    'speed',
    'time',
    'skipGaps',
    'leadIn',
    'threads',
  ],
  ...['demand', 'stageTimeout', 'from', 'to', 'badRows', 'inbox', 'overflow', 'windows', 'timings'],
  ...['strict', 'recordTimings'],
  ...READING_OPTIONS,
  ...CALENDAR_OPTIONS,
];

/** Options of a live run besides; what is sent to a venue may hold a key. */
const LIVE = ['history', 'grace', 'stale', 'ingress', 'ingressOverflow', 'for', 'until'];

/** What a command was called with. */
export interface Asked {
  readonly command: string;
  /** Files or feeds, as they were written. */
  readonly args: readonly string[];
  /** As they were written. */
  readonly options: Readonly<Record<string, unknown>>;
  readonly label?: string | undefined;
}

interface Opened {
  readonly strategies: readonly string[];
  readonly sources: readonly (RowSource | FileSource)[];
}

/** All that a run was asked to do, for its journal. To be called before the files are opened. */
export function setupOf({
  command,
  args,
  options,
  label,
}: Asked): (opened: Opened) => Promise<RunSetup> {
  const state = gitState(process.cwd());
  const texts = (options['strategy'] as readonly string[] | undefined) ?? [];
  const kept = Object.entries(options).filter(
    ([name, value]) =>
      value !== undefined &&
      [...REPEATED_OPTIONS, ...(command === 'live' ? LIVE : [])].includes(name),
  );
  return async ({ strategies, sources }) => {
    const git = await state;
    const inputs = sources.flatMap((source) => inputFile(source) ?? []);
    return {
      command,
      ...(label === undefined ? {} : { label }),
      args: args.map(withoutSecrets),
      options: Object.fromEntries(kept) as Readonly<Record<string, SetupValue>>,
      ...(inputs.length === 0 ? {} : { inputs }),
      strategies: strategySetups(texts, strategies),
      ...(git === undefined ? {} : { git }),
    };
  };
}

/** Addresses may hold keys, before the host and behind the path. */
const withoutSecrets = (text: string): string =>
  /^wss?:\/\//i.test(text) ? text.replace(/[?#].*$/s, '').replace(/\/\/[^/@]*@/, '//') : text;

/** Name, size and modification time of a source's file; undefined where the source is not a file. */
export function inputFile(source: {
  readonly name: string;
  readonly format?: string;
}): InputFile | undefined {
  const { name: path, format } = source;
  const found = statSync(path, { throwIfNoEntry: false });
  if (found?.isFile() !== true) return undefined;
  const { size: bytes, mtimeMs: modified } = found;
  return { path, bytes, modified, ...(format === undefined ? {} : { format }) };
}
