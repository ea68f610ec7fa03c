import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The table in a page of docs/ that stands once between `<!-- name -->` and `<!-- /name -->`. */
export function docTable(page: string, name: string): string {
  const [begin, end] = [`<!-- ${name} -->`, `<!-- /${name} -->`];
  const text = readFileSync(join(__dirname, '../../docs', page), 'utf8');
  const [, rest, ...others] = text.split(begin);
  const [table, after] = rest?.split(end) ?? [];
  if (table === undefined || after === undefined || others.length > 0) {
    throw new Error(`docs/${page} must have one table between ${begin} and ${end}.`);
  }
  return table.trim();
}
