import { existsSync } from 'node:fs';
import type { Command, Option } from 'commander';
import { CHILD } from '../cluster/runCommand';
import { loadConfig } from '../config';
import type { LoadedConfig, OptionText } from '../config';
import { isJournalName } from '../journal/runDirectory';
import { repeated } from './again';
import type { Io } from './io';
import { UsageError } from './usageError';

/** Takes from barometer.config.ts the options that the command line does not give. */
export function withConfig(command: Command): Command {
  // Files may be named there; whether some are is looked at afterwards.
  for (const argument of command.registeredArguments) argument.required = false;
  return command
    .option('--config <file>', 'configuration (default: barometer.config.ts, if there is one)')
    .option('--profile <name>', 'profile of the configuration, such as ci');
}

interface Configured {
  readonly args: readonly string[];
  readonly options: Readonly<Record<string, unknown>>;
}

/** What a command is called with: by the command line, else by the configuration, else by default. */
export async function configured(command: Command, io: Io): Promise<Configured> {
  const { config: file, profile, again, ...options } = command.opts<Record<string, unknown>>();
  if (typeof again === 'string') {
    const earlier = await repeated(again, io);
    const args = command.args.length > 0 ? command.args : earlier.args;
    return { args, options: { ...options, ...earlier.options, ...saidIn(command) } };
  }
  // The sweep gives its tasks all options on their command lines.
  const config =
    isRun(command.args) || io.env[CHILD] === '1'
      ? undefined
      : loadConfig(file as string | undefined, profile as string | undefined, process.cwd());
  const args = command.args.length > 0 ? command.args : (config?.files ?? []);
  if (args.length === 0) {
    const [argument] = command.registeredArguments;
    command.error(`error: missing required argument '${argument?.name() ?? ''}'`, {
      code: 'commander.missingArgument',
      exitCode: 1,
    });
  }
  if (config === undefined) return { args, options };
  const asked = command.options.filter((option) => {
    const source = command.getOptionValueSource(option.attributeName());
    return source !== 'cli' && Object.hasOwn(config.options, option.attributeName());
  });
  const said = asked.map((option) => {
    const name = option.attributeName();
    return [name, valueOf(option, config.options[name] as OptionText, config)] as const;
  });
  return { args, options: { ...options, ...Object.fromEntries(said) } };
}

/** What the command line itself says. */
const saidIn = (command: Command): Readonly<Record<string, unknown>> =>
  Object.fromEntries(
    Object.entries(command.opts<Record<string, unknown>>()).filter(
      ([name]) => name !== 'again' && command.getOptionValueSource(name) === 'cli',
    ),
  );

/** A run that is over was configured when it ran. */
const isRun = ([only = '']: readonly string[]): boolean =>
  only !== '' && (isJournalName(only) || !(existsSync(only) || /[.*/\\]/.test(only)));

function valueOf(option: Option, value: OptionText, { file }: LoadedConfig): unknown {
  const takesText = option.required || option.optional;
  if (takesText === (typeof value === 'boolean')) {
    const needed = takesText ? 'a text or a number' : 'true or false';
    throw new UsageError(`${file}: ${option.attributeName()} must be ${needed}`);
  }
  // Options that may be repeated collect their texts; others have lists with commas.
  const isRepeatable = option.parseArg !== undefined;
  if (Array.isArray(value)) return isRepeatable ? value : value.join(',');
  return isRepeatable ? [value] : value;
}
