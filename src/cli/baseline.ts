import { existsSync, readFileSync } from 'node:fs';
import { z } from 'zod';
import { findRun, foldJournal } from '../journal';
import type { Report } from '../report';
import { reportOfJournal } from '../views/reportOfJournal';
import type { Io } from './io';
import { nameDamage } from './runArgument';
import { UsageError } from './usageError';

const part = z.record(z.string(), z.looseObject({}));
const speed = z
  .number()
  .nullish()
  .transform((value) => (value === null ? Infinity : value));

/** As much of a report as makes it one. */
const schema = z.looseObject({
  schema: z.literal(1),
  run: z.looseObject({ mode: z.enum(['clock', 'data']) }),
  bars: z.looseObject({ ticks: z.string() }),
  stages: z.looseObject({ analysis: z.looseObject({ strategies: part }) }),
  edges: part,
  verdict: z.looseObject({ sustainableSpeed: speed, stableSpeed: speed }),
});

/** The report of a recorded run, or one that `--json` has printed to a file. */
export async function baselineReport(text: string, directory: string, io: Io): Promise<Report> {
  if (/\.json$/i.test(text) && existsSync(text)) return printedReport(text);
  const folded = await foldJournal(findRun(text, directory));
  nameDamage(folded, io);
  return reportOfJournal(folded);
}

function printedReport(path: string): Report {
  let printed: unknown;
  try {
    printed = JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    throw new UsageError(`--baseline ${path}: is no JSON (${(error as Error).message})`);
  }
  // What `check --json` prints has the report in it.
  const inner =
    typeof printed === 'object' && printed !== null && 'report' in printed
      ? printed.report
      : printed;
  const read = schema.safeParse(inner);
  if (read.success) return read.data as unknown as Report;
  throw new UsageError(`--baseline ${path}: is no report of replay --json or check --json`);
}
