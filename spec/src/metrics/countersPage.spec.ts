import { COUNTERS, countersAsMarkdown } from '../../../src/metrics';
import { docTable } from '../../support/docTable';

const table = docTable('counters.md', 'counters');

describe('docs/counters.md', () => {
  it('says the same as the one in the code', () => {
    expect(table).toBe(countersAsMarkdown());
  });

  it('has every counter of the code, and the code has every one of its', () => {
    const ids = [...table.matchAll(/^\| `([^`]+)`/gm)].map(([, id]) => id);
    expect(ids).toEqual(COUNTERS.map(({ id }) => id));
  });
});
