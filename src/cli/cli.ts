import { Command, CommanderError } from 'commander';
import { packageVersion } from '../version';
import type { CommandEntry } from './command';
import { COMMANDS } from './commands';
import { configured, withConfig } from './configured';
import { EXIT, EXIT_CODES_HELP, exitCodeOf, messageOf } from './exitCodes';
import type { Io } from './io';
import { terminalLines, terminalText } from '../report/terminalText';
import { UsageError } from './usageError';

/**
 * The command line: does what the arguments say and returns the exit code. Never rejects: what goes
 * wrong is said on stderr in one message, with its stack if the environment says `DEBUG=barometer`.
 */
export async function cli(
  argv: readonly string[],
  io: Io,
  commands: readonly CommandEntry[] = COMMANDS,
): Promise<number> {
  let code: number = EXIT.done;
  const program = new Command('barometer')
    .description(
      'Replays tick files through a three-stage pipeline and measures where it falls behind.',
    )
    .version(packageVersion(), '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print this help')
    .addHelpText('after', EXIT_CODES_HELP);
  quiet(program, io);

  for (const { name, summary, load, isConfigured = false } of commands) {
    const command = program.command(name).summary(summary).description(summary);
    quiet(command, io).addHelpText('after', EXIT_CODES_HELP);
    // Loading a command takes time: only what is named is loaded, be it for its help.
    if (!argv.includes(name)) continue;
    const loaded = await load();
    loaded.define(command);
    if (isConfigured) withConfig(command);
    command.action(async () => {
      const asked = isConfigured
        ? await configured(command, io)
        : { args: command.args, options: command.opts() };
      code = await loaded.run({ ...asked, io });
    });
  }

  try {
    await program.parseAsync(argv, { from: 'user' });
    return code;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.done : EXIT.usage;
    io.stderr.write(`barometer: ${shown(error)}\n`);
    if (io.env['DEBUG'] === 'barometer' && error instanceof Error) {
      const stacks = [error, error.cause].map((cause) =>
        cause instanceof Error ? cause.stack : '',
      );
      io.stderr.write(`${terminalLines(stacks.join('\n'))}\n`);
    }
    return exitCodeOf(error);
  }
}

/** Only the lines of a message of our own are lines: a strategy's error may hold anything. */
const shown = (error: unknown): string =>
  error instanceof UsageError ? terminalLines(messageOf(error)) : terminalText(messageOf(error));

/** Commander says what it has to say where we say it, and leaves the process alone. */
function quiet(command: Command, { stdout, stderr }: Io): Command {
  return command
    .exitOverride()
    .showHelpAfterError('See --help.')
    .configureOutput({
      writeOut: (text) => {
        stdout.write(text);
      },
      writeErr: (text) => {
        stderr.write(text);
      },
      outputError: (text, write) => {
        write(terminalLines(text.replace(/^error:/, 'barometer:')));
      },
      getOutHelpWidth: () => stdout.columns ?? 100,
      getErrHelpWidth: () => stderr.columns ?? 100,
    });
}
