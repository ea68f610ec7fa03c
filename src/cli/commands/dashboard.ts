import { spawn } from 'node:child_process';
import { Option } from 'commander';
import type { Command } from 'commander';
import { z } from 'zod';
import { isGroup } from '../../cluster/group';
import { findRun } from '../../journal';
import {
  comparisonWith,
  embeddedOf,
  followJournal,
  staticPage,
  startDashboard,
} from '../../dashboard';
import type { FollowedJournal } from '../../dashboard';
import { openOutputFile } from '../../output';
import { terminalText } from '../../report/terminalText';
import { authorityOf, LOOPBACK } from '../../server';
import type { Call, CommandModule } from '../command';
import { EXIT } from '../exitCodes';
import { GROUP_HELP, groupFor } from '../groups';
import { interrupts } from '../interrupts';
import { EXPORT_SYMBOLS, TOKEN, withExportSymbols, withToken } from '../options/exporters';
import { option, wholeNumber } from '../options/kinds';
import { natsShape, withNatsAccess } from '../options/nats';
import { readOptions } from '../options/readOptions';
import { directoryFor, nameDamage, RUN_HELP, withDirectory } from '../runArgument';
import { listenFailure, tokenFor } from '../serving';
import { UsageError } from '../usageError';

const schema = z.object({
  port: wholeNumber(0, 65_535).default(9464),
  host: option(
    (text) => (/^[\w.:-]+$/.test(text) ? text : undefined),
    'a host name or an IP address',
  ).default(LOOPBACK),
  token: TOKEN.optional(),
  open: z.boolean().default(false),
  out: z.string().min(1, 'must be the name of a file').optional(),
  with: z.string().min(1, 'must be a run').optional(),
  exportSymbols: EXPORT_SYMBOLS,
  untilStdinEnds: z.boolean().default(false),
  dir: z.string().min(1, 'must be the name of a folder').optional(),
  ...natsShape,
});
type Request = z.output<typeof schema>;

function define(command: Command): void {
  withNatsAccess(withExportSymbols(withToken(withDirectory(command))))
    .argument('[run]', 'run to show: finished, in progress or killed', 'latest')
    .option('--port <n>', 'port to listen on; 0: any free one (default: 9464)')
    .option('--host <host>', `host to listen on (default: ${LOOPBACK})`)
    .option('--open', 'open the page in the browser')
    .option('--out <file>', 'write one self-contained HTML file and end, without a server')
    .option('--with <run>', 'with --out: another run to compare with')
    // `replay --dashboard`: the process that started this one has ended.
    .addOption(new Option('--until-stdin-ends').hideHelp())
    .addHelpText('after', HELP);
}

const HELP = `${RUN_HELP}
${GROUP_HELP}

Reads the journal alone: it takes no time from the process of the run, and changes nothing.
/metrics answers Prometheus. It ends with Ctrl-C.

Examples:
  barometer dashboard
  barometer dashboard 20240808T2354 --port 0 --open
  barometer dashboard latest --out report.html
  barometer dashboard plan --out plan.html`;

async function run({ args, options, io }: Call): Promise<number> {
  const request = readOptions(schema, options);
  const directory = directoryFor(io, request.dir);
  const [argument = 'latest'] = args;
  const address = { host: request.host, port: request.port };
  const { token } = request.out === undefined ? tokenFor(address, request, io) : {};
  const interruption = interrupts(io);
  const stopped = new Promise<void>((stop) => {
    interruption.stopWith(stop);
    if (request.untilStdinEnds) process.stdin.resume().once('close', stop).once('end', stop);
  });
  const journal = await Promise.race([followed(argument, directory, request), stopped]);
  if (journal === undefined) return interruption.exitCode;
  try {
    if (request.out !== undefined) return await write(journal, directory, request, io);
    const server = await startDashboard({
      address,
      ...(token === undefined ? {} : { token }),
      journal,
      directory,
      exportSymbols: request.exportSymbols,
    }).catch((error: unknown) => {
      throw listenFailure(error, address);
    });
    const url = `http://${authorityOf(server.address)}/`;
    io.stdout.write(`Dashboard of ${terminalText(journal.header.run)}: ${url}\n`);
    if (request.open) open(token === undefined ? url : `${url}?token=${token}`);
    await stopped;
    await server.close();
    return EXIT.done;
  } finally {
    journal.close();
    interruption.close();
  }
}

/** A run, or several as one. */
async function followed(
  argument: string,
  directory: string,
  request: Request,
): Promise<FollowedJournal | undefined> {
  if (!isGroup(argument)) return followJournal(findRun(argument, directory));
  const { followGroup } = await import('../../cluster/followGroup.js');
  const journal = await followGroup(await groupFor(argument, request));
  if (journal === undefined) throw new UsageError(`${argument} has no result of a run`);
  return journal;
}

/** Writes the page with the run in it. */
async function write(
  journal: FollowedJournal,
  directory: string,
  { out = '', with: other }: Request,
  io: Call['io'],
): Promise<number> {
  const file = openOutputFile(out);
  try {
    // A run in progress is shown up to its present end.
    journal.close();
    await journal.done;
    const comparison =
      other === undefined ? undefined : await comparisonWith(findRun(other, directory), journal);
    file.write(staticPage(embeddedOf(journal, comparison)));
    file.commit({ isComplete: true });
    return nameDamage(journal, io) ? EXIT.input : EXIT.done;
  } finally {
    file.discard();
  }
}

const OPENERS: Readonly<Partial<Record<NodeJS.Platform, readonly string[]>>> = {
  darwin: ['open'],
  win32: ['cmd', '/c', 'start', ''],
};

/** Leaves it to the desktop; where there is none, the address has been printed. */
function open(url: string): void {
  const [program = 'xdg-open', ...before] = OPENERS[process.platform] ?? [];
  spawn(program, [...before, url], { stdio: 'ignore', detached: true })
    .on('error', () => undefined)
    .unref();
}

export const dashboardCommand: CommandModule = { define, run };
