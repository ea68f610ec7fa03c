import { findRun, openJournal } from '../journal';
import type { JournalHeader } from '../journal';
import { grouped, isoTime } from '../report/format';
import { terminalText } from '../report/terminalText';
import { moduleHash } from '../strategies/moduleHash';
import { packageVersion } from '../version';
import type { Io } from './io';
import { inputFile, REPEATED_OPTIONS } from './runSetup';
import { directoryFor } from './runArgument';
import { UsageError } from './usageError';

/** What an earlier run was called with. */
interface Repeated {
  readonly args: readonly string[];
  readonly options: Readonly<Record<string, unknown>>;
}

/** Throws a `UsageError` where a run cannot be repeated; says on stderr what has changed since. */
export async function repeated(run: string, io: Io): Promise<Repeated> {
  const path = findRun(run, directoryFor(io));
  const { header, batches } = await openJournal(path);
  await batches.return(undefined);
  const { setup } = header;
  if (setup?.args === undefined) {
    throw new UsageError(
      `--again ${run}: its journal does not say how it was called; ` +
        'it was started in code, or by an earlier version',
    );
  }
  if (setup.command === 'live') {
    throw new UsageError(
      `--again ${run}: a live session does not come again; replay its recording by ` +
        '`barometer live FILE.frames.gz`',
    );
  }
  for (const text of changesSince(header)) {
    io.stderr.write(`barometer: --again ${terminalText(run)}: ${terminalText(text)}\n`);
  }
  const options = Object.entries(setup.options).filter(([name]) => REPEATED_OPTIONS.includes(name));
  return { args: setup.args, options: Object.fromEntries(options) };
}

/** What is not as it was when the run began, a sentence each. */
export function changesSince({ setup, versions }: JournalHeader): string[] {
  const { inputs = [], strategies = [] } = setup ?? {};
  const files = inputs.flatMap(({ path, bytes, modified }) => {
    const now = inputFile({ name: path });
    if (now === undefined) return [`${path} is not there any more`];
    if (now.bytes !== bytes) {
      return [`${path} has changed: ${grouped(bytes)} bytes then, ${grouped(now.bytes)} now`];
    }
    if (now.modified === modified) return [];
    return [`${path} was written again at ${isoTime(now.modified * 1_000)}; its size is the same`];
  });
  const modules = strategies.flatMap(({ module = '', sha256 }) => {
    if (sha256 === undefined) return [];
    const now = moduleHash(module);
    if (now === undefined) return [`${module} is not there any more`];
    return now === sha256
      ? []
      : [`${module} has changed: sha256 ${sha256.slice(0, 12)} then, ${now.slice(0, 12)} now`];
  });
  const version = packageVersion();
  const { barometer = version } = versions;
  const program =
    barometer === version ? [] : [`barometer was version ${barometer} then, it is ${version} now`];
  return [...new Set([...files, ...modules, ...program])];
}
