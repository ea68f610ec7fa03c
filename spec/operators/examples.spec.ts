import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runSnippet, snippetOf } from '../support/snippets';
import type { Snippet } from '../support/snippets';

/** Runs every `@example` of the doc comments. */
const folder = join(__dirname, '../../operators');

const filesOf = (parent: string): string[] =>
  readdirSync(parent, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));

const examples = filesOf(folder).flatMap((name) => {
  const text = readFileSync(join(folder, name), 'utf8');
  return [...text.matchAll(/@example\n([^]*?)\n \*(?:\/|\n \* @)/g)].map(
    ([, block = '']): Snippet & { readonly name: string } => {
      const lines = block.split('\n').map((line) => line.replace(/^ \* ?/, ''));
      return { name, ...snippetOf(lines.join('\n')) };
    },
  );
});

describe('the examples of the doc comments', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  it.each(examples)('$name', async ({ code, printed }) => {
    expect(printed).not.toEqual([]);
    expect(await runSnippet(code)).toEqual(printed);
  });

  it.each([
    'allReady.ts',
    'holding.ts',
    'latestByKey.ts',
    'occupied.ts',
    'partitionByKey.ts',
    'holdUntilReady.ts',
    'mergeByTime.ts',
    'pace.ts',
    'pull.ts',
    'readiness.ts',
    'serve.ts',
    'trackBackpressure.ts',
    'time/virtualClock.ts',
    'time/wallClock.ts',
  ])('%s has one', (file) => {
    expect(examples.map(({ name }) => name)).toContain(file);
  });
});
