import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { resolve } from 'node:path';
import { checkOptionNames } from '../../operators/kernel/optionNames';
import { causeText } from '../../streams/causeText';
import { textOf } from '../strategies';
import { requireTypeScript } from '../strategies/requireTypeScript';
import type { StrategyReference } from '../strategies';
import { ConfigError } from './configError';
import { CONFIG_OPTIONS } from './defineConfig';
import type { BarometerConfig, ConfigOptions } from './defineConfig';

/** Names that are looked for in the folder of a command, the first one first. */
const NAMES = ['ts', 'mts', 'cts', 'js', 'mjs', 'cjs'].map(
  (ending) => `barometer.config.${ending}`,
);

/** A value as an option has it on the command line. */
export type OptionText = string | boolean | readonly string[];

export interface LoadedConfig {
  readonly file: string;
  readonly files: readonly string[];
  /** By name; arrays hold one text for each time that the option is given. */
  readonly options: Readonly<Record<string, OptionText>>;
}

/**
 * The configuration of a file, or of the one that is in the folder; undefined where none is.
 *
 * Throws a `ConfigError`.
 */
export function loadConfig(
  asked: string | undefined,
  profile: string | undefined,
  folder: string,
): LoadedConfig | undefined {
  const file = asked ?? NAMES.find((name) => existsSync(resolve(folder, name)));
  if (file === undefined) {
    if (profile === undefined) return undefined;
    throw new ConfigError(`--profile ${profile}`, `there is no ${NAMES[0] ?? ''} here`);
  }
  const config = exportedBy(file, resolve(folder, file));
  const { profiles = {}, ...common } = config;
  checkNames(file, 'a configuration', common);
  const chosen = profile === undefined ? {} : profileOf(file, profiles, profile);
  checkNames(file, `profile ${profile ?? ''}`, chosen);
  const { files = [], ...options } = { ...common, ...chosen };
  const entries = Object.entries(options).filter(([, value]) => value !== undefined);
  return {
    file,
    files: typeof files === 'string' ? [files] : files,
    options: Object.fromEntries(
      entries.map(([name, value]) => [name, textsOf(file, name, value)] as const),
    ),
  };
}

function exportedBy(file: string, path: string): BarometerConfig {
  if (!existsSync(path)) throw new ConfigError(file, 'there is no such file');
  let module: unknown;
  try {
    module = /\.[cm]?ts$/.test(path) ? requireTypeScript(path) : createRequire(path)(path);
  } catch (error) {
    throw new ConfigError(file, causeText(error), { cause: error });
  }
  const config =
    typeof module === 'object' && module !== null && 'default' in module ? module.default : module;
  if (typeof config === 'object' && config !== null && !Array.isArray(config)) return config;
  throw new ConfigError(file, 'its default export is no configuration; write defineConfig({ … })');
}

function profileOf(
  file: string,
  profiles: Readonly<Record<string, ConfigOptions>>,
  name: string,
): ConfigOptions {
  const found = Object.hasOwn(profiles, name) ? profiles[name] : undefined;
  if (found !== undefined) return found;
  const known = Object.keys(profiles);
  const there = known.length === 0 ? 'it has none' : `there are ${known.join(', ')}`;
  throw new ConfigError(file, `there is no profile "${name}"; ${there}`);
}

function checkNames(file: string, what: string, options: object): void {
  try {
    checkOptionNames<object>(what, options, CONFIG_OPTIONS);
  } catch (error) {
    throw new ConfigError(file, causeText(error), { cause: error });
  }
}

function textsOf(file: string, name: string, value: unknown): OptionText {
  if (Array.isArray(value)) return value.map((one) => textOfOne(file, name, one));
  return typeof value === 'boolean' ? value : textOfOne(file, name, value);
}

function textOfOne(file: string, name: string, value: unknown): string {
  if (typeof value === 'string' || typeof value === 'number') return String(value);
  if (name === 'strategy' && typeof value === 'object' && value !== null && 'module' in value) {
    return textOf(value as StrategyReference);
  }
  throw new ConfigError(file, `${name} is ${JSON.stringify(value)}, which is no text or number`);
}
