import { formatsAsMarkdown } from '../../../src/inspect/renderFormats';
import { formats } from '../../../streams/sources';
import { readmeTable } from '../../support/readmeTable';

const table = readmeTable('formats', 'formatsAsMarkdown()');

test('the table of formats in the README says the same as the one in the code', () => {
  expect(table).toBe(formatsAsMarkdown(formats));
});

test('it has every format of the code, and the code has every one of its', () => {
  const names = [...table.matchAll(/^\| `([^`]+)` \|/gm)].map(([, name]) => name);
  expect(names.slice(1)).toEqual(formats.map(({ name }) => name));
});
