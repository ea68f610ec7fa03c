import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The table in the README that stands between `<!-- name -->` and `<!-- /name -->`, once, and that a function of ours prints. */
export function readmeTable(name: string, printedBy: string): string {
  const [begin, end] = [`<!-- ${name} -->`, `<!-- /${name} -->`];
  const readme = readFileSync(join(__dirname, '../../README.md'), 'utf8');
  const [, rest, ...others] = readme.split(begin);
  const [table, after] = rest?.split(end) ?? [];
  if (table === undefined || after === undefined || others.length > 0) {
    throw new Error(
      `README.md must have the output of ${printedBy} once, between ${begin} and ${end}.`,
    );
  }
  return table.trim();
}
