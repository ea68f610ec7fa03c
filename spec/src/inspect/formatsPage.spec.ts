import { formatsAsMarkdown } from '../../../src/inspect/renderFormats';
import { formats } from '../../../streams/sources';
import { docTable } from '../../support/docTable';

const table = docTable('formats.md', 'formats');

test('docs/formats.md has the table of the code', () => {
  expect(table).toBe(formatsAsMarkdown(formats));
});

test('it has every format of the code, and the code has every one of its', () => {
  const names = [...table.matchAll(/^\| `([^`]+)` \|/gm)].map(([, name]) => name);
  expect(names.slice(1)).toEqual(formats.map(({ name }) => name));
});
