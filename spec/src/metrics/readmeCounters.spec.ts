import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { COUNTERS, countersAsMarkdown } from '../../../src/metrics';

const BEGIN = '<!-- counters -->';
const END = '<!-- /counters -->';

/** The README's table of counters, without what is around it. */
function readmeTable(): string {
  const readme = readFileSync(join(__dirname, '../../../README.md'), 'utf8');
  const [, rest, ...others] = readme.split(BEGIN);
  const [table, after] = rest?.split(END) ?? [];
  if (table === undefined || after === undefined || others.length > 0) {
    throw new Error(
      `README.md must have the output of countersAsMarkdown() once, between ${BEGIN} and ${END}.`,
    );
  }
  return table.trim();
}

describe('the table of counters in the README', () => {
  it('says the same as the one in the code', () => {
    expect(readmeTable()).toBe(countersAsMarkdown());
  });

  it('has every counter of the code, and the code has every one of its', () => {
    const ids = [...readmeTable().matchAll(/^\| `([^`]+)`/gm)].map(([, id]) => id);
    expect(ids).toEqual(COUNTERS.map(({ id }) => id));
  });
});
