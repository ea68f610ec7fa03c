import type { OptionNames } from '../../operators/kernel/optionNames';
import type { StrategyReference } from '../strategies';

/** Options of the command line, by their names without dashes: `badRows` is `--bad-rows`. */
export interface ConfigOptions {
  /** What is read where the command line names no file. */
  readonly files?: string | readonly string[];
  readonly strategy?: readonly (string | StrategyReference)[];
  readonly bars?: string;
  readonly derive?: readonly string[];
  readonly symbols?: readonly string[];
  readonly mode?: 'clock' | 'data';
  readonly speed?: number;
  readonly time?: 'simulated' | 'wall';
  readonly skipGaps?: string;
  readonly leadIn?: string;
  readonly threads?: boolean;
  readonly demand?: number;
  /** Seconds. */
  readonly stageTimeout?: number;
  readonly inbox?: number;
  readonly overflow?: 'error' | 'drop-oldest' | 'drop-latest' | 'conflate';
  readonly strict?: boolean;
  readonly from?: string;
  readonly to?: string;
  readonly format?: string;
  readonly columns?: string;
  readonly symbol?: string;
  readonly price?: 'mid' | 'bid' | 'ask';
  readonly clock?: 'receive' | 'exchange';
  readonly zone?: string;
  readonly dateFormat?: string;
  readonly unit?: string;
  readonly recorded?: string;
  readonly barTime?: 'start' | 'end';
  readonly onConflict?: 'first' | 'last' | 'error';
  readonly decimal?: '.' | ',';
  readonly thousands?: string;
  readonly delimiter?: string;
  readonly skipLines?: number;
  readonly comment?: string;
  readonly encoding?: string;
  readonly badRows?: 'stop' | 'skip';
  readonly dayStart?: string;
  readonly session?: string;
  readonly weekStart?: string;
  /** Of `check`. */
  readonly require?: readonly string[];
  /** Of `check` and `capacity`. */
  readonly passes?: number;
  readonly baseline?: string;
  /** A share, such as 10%. */
  readonly allowRegression?: string;
  readonly reporter?: readonly string[];
  /** A file, a folder or none. */
  readonly journal?: string;
  readonly label?: string;
  readonly allowErrors?: boolean;
}

/** What `barometer.config.ts` exports. */
export interface BarometerConfig extends ConfigOptions {
  /** Options that take the place of those above with `--profile NAME`. */
  readonly profiles?: Readonly<Record<string, ConfigOptions>>;
}

/** A configuration, typed; itself. */
export const defineConfig = (config: BarometerConfig): BarometerConfig => config;

/** Every option of a configuration. */
export const CONFIG_OPTIONS: OptionNames<ConfigOptions> = {
  files: true,
  strategy: true,
  bars: true,
  derive: true,
  symbols: true,
  mode: true,
  speed: true,
  time: true,
  skipGaps: true,
  leadIn: true,
  threads: true,
  demand: true,
  stageTimeout: true,
  inbox: true,
  overflow: true,
  strict: true,
  from: true,
  to: true,
  format: true,
  columns: true,
  symbol: true,
  price: true,
  clock: true,
  zone: true,
  dateFormat: true,
  unit: true,
  recorded: true,
  barTime: true,
  onConflict: true,
  decimal: true,
  thousands: true,
  delimiter: true,
  skipLines: true,
  comment: true,
  encoding: true,
  badRows: true,
  dayStart: true,
  session: true,
  weekStart: true,
  require: true,
  passes: true,
  baseline: true,
  allowRegression: true,
  reporter: true,
  journal: true,
  label: true,
  allowErrors: true,
};
