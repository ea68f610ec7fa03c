import type { Command } from 'commander';
import { z } from 'zod';
import { parseAddress } from '../../server';
import type { Address } from '../../server';
import { option, positiveNumber, wholeNumber } from './kinds';

/** How many symbols of an edge have metrics of their own. */
export const EXPORT_SYMBOLS = wholeNumber(0, 256).default(0);

export const withExportSymbols = (command: Command): Command =>
  command.option(
    '--export-symbols <n>',
    'symbols with metrics of their own, those that begin to have events first; the others are "(other)" (0 to 256, default: 0)',
  );

/** 128 bits, however they are written. */
export const TOKEN = option(
  (text) => (/^[\w-]{22,256}$/.test(text) ? text : undefined),
  'at least 22 letters, digits, - and _, such as `openssl rand -hex 16` prints',
);

export const withToken = (command: Command): Command =>
  command.option(
    '--token <token>',
    'token that every request has to carry; required unless the host is a loopback address (default: BAROMETER_TOKEN)',
  );

const url = option((text) => {
  const found = URL.canParse(text) ? new URL(text) : undefined;
  const isUsable = found !== undefined && /^https?:$/.test(found.protocol);
  return isUsable && found.username === '' && found.password === '' ? found : undefined;
}, 'an http or https URL without credentials, such as http://localhost:4318; headers come from OTEL_EXPORTER_OTLP_HEADERS');

/** Options of commands that run a pipeline. */
export const exporterShape = {
  metrics: option(parseAddress, '[host:]port, such as 9464 or 127.0.0.1:9464').optional(),
  metricsLinger: positiveNumber('15, of seconds').optional(),
  token: TOKEN.optional(),
  exportSymbols: EXPORT_SYMBOLS,
  otlp: url.optional(),
  otlpInterval: positiveNumber('10, of seconds').default(10),
  dashboard: z.boolean().default(false),
};

/** What a run exports, and how. */
export interface ExporterRequest {
  readonly metrics: Address | undefined;
  /** Seconds. */
  readonly metricsLinger: number | undefined;
  readonly token: string | undefined;
  readonly exportSymbols: number;
  readonly otlp: URL | undefined;
  /** Seconds. */
  readonly otlpInterval: number;
  /** Whether to show the run in a browser. */
  readonly dashboard: boolean;
  /** The journal as it was requested: a file, a folder, `none`, or the default folder unless given. */
  readonly journal: string | undefined;
}

export const withExporters = (command: Command): Command =>
  withToken(withExportSymbols(command))
    .option(
      '--metrics <[host:]port>',
      'address at which Prometheus scrapes /metrics; port 0: any free one (host: 127.0.0.1 unless given)',
    )
    .option(
      '--metrics-linger <seconds>',
      'longest wait for a last scrape after the end of the run (default: none)',
    )
    .option(
      '--otlp <url>',
      'OpenTelemetry collector to which metrics are sent, OTLP/HTTP in JSON, e.g. http://localhost:4318',
    )
    .option('--otlp-interval <seconds>', 'time between two sends (default: 10)')
    .option('--dashboard', 'show the run in the browser until Ctrl-C, from a separate process');
