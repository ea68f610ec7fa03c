import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { formatsAsMarkdown } from '../../../src/inspect';
import { formats } from '../../../streams/sources';

const BEGIN = '<!-- formats -->';
const END = '<!-- /formats -->';

/** The README's table of formats, without what is around it. */
function readmeTable(): string {
  const readme = readFileSync(join(__dirname, '../../../README.md'), 'utf8');
  const [, rest, ...others] = readme.split(BEGIN);
  const [table, after] = rest?.split(END) ?? [];
  if (table === undefined || after === undefined || others.length > 0) {
    throw new Error(
      `README.md must have the output of formatsAsMarkdown() once, between ${BEGIN} and ${END}.`,
    );
  }
  return table.trim();
}

test('the table of formats in the README says the same as the one in the code', () => {
  expect(readmeTable()).toBe(formatsAsMarkdown(formats));
});

test('it has every format of the code, and the code has every one of its', () => {
  const names = [...readmeTable().matchAll(/^\| `([^`]+)` \|/gm)].map(([, name]) => name);
  expect(names.slice(1)).toEqual(formats.map(({ name }) => name));
});
