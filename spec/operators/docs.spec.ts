import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as operators from '../../operators';
import { OPERATOR_OPTIONS } from '../../operators/internal/operatorOptions';
import { runSnippet, snippetOf } from '../support/snippets';

const page = readFileSync(join(__dirname, '../../docs/operators.md'), 'utf8');

/** The page by its sections of the second level. */
const sections = new Map(
  page
    .split(/^## /m)
    .slice(1)
    .map((text) => [text.slice(0, text.indexOf('\n')), text] as const),
);
const snippets = [...sections].flatMap(([name, text]) =>
  [...text.matchAll(/(?<!<!-- example: \S+ -->\n)```ts\n([^]*?)```/g)].map(([, code = '']) => ({
    name,
    ...snippetOf(code),
  })),
);

const OPERATORS = [
  'trackBackpressure',
  'holdUntilReady',
  'latestByKey',
  'serve',
  'partitionByKey',
  'occupied',
  'pull',
  'pace',
  'mergeByTime',
];

describe('docs/operators.md: snippets print what they say', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  it.each(snippets)('$name', async ({ code, printed }) => {
    expect(printed).not.toEqual([]);
    expect(await runSnippet(code)).toEqual(printed);
  });
});

describe('docs/operators.md', () => {
  it.each(OPERATORS)('%s has a marble, options, what it counts, and an example', (name) => {
    const text = sections.get(name) ?? '';
    expect(text).toMatch(/```\n(items|chunks|sources) /);
    expect(text).toMatch(
      /^\| option \| default \| meaning \||The options of `holdUntilReady`|the options of/m,
    );
    expect(text).toMatch(/Counts/);
    expect(snippets.map((snippet) => snippet.name)).toContain(name);
  });

  it('has a section for every operator that is exported', () => {
    const files = readdirSync(join(__dirname, '../../operators'));
    const exported = Object.keys(operators).filter((name) => files.includes(`${name}.ts`));
    const described = [...OPERATORS, 'allReady'];
    expect(exported.filter((name) => !described.includes(name))).toEqual([]);
  });

  it('names every option', () => {
    const internal = ['rank'];
    const missing = Object.keys(OPERATOR_OPTIONS).filter(
      (name) => !internal.includes(name) && !page.includes(`\`${name}\``),
    );
    expect(missing).toEqual([]);
  });

  it('explains six words', () => {
    const rows = (sections.get('Six words') ?? '').match(/^\| (?!word|-)/gm);
    expect(rows).toHaveLength(6);
  });
});
