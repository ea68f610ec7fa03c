import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runInNewContext } from 'node:vm';
import * as rxjs from 'rxjs';
import { ModuleKind, ScriptTarget, transpile } from 'typescript';
import * as operators from '../../operators';

/*
 * Runs every `@example` of the doc comments. The convention: names of rxjs and of `barometer/operators` are
 * in scope. A line that is a comment from its beginning is a line that the example prints; so is a comment
 * behind an expression that is a statement of its own (`ready.value; // true`), without being logged.
 * Behind two spaces a remark may follow (`// 10   after 5 ms`).
 */
const folder = join(__dirname, '../../operators');

interface Example {
  readonly name: string;
  readonly code: string;
  readonly printed: readonly string[];
}

const filesOf = (parent: string): string[] =>
  readdirSync(parent, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));

const examples: Example[] = filesOf(folder).flatMap((file) => {
  const text = readFileSync(join(folder, file), 'utf8');
  return [...text.matchAll(/@example\n([^]*?)\n \*(?:\/|\n \* @)/g)].map(
    ([, block = '']): Example => {
      const printed: string[] = [];
      const lines = block.split('\n').map((line) => line.replace(/^ \* ?/, ''));
      const code = lines.map((line) => {
        const [, statement = '', comment = ''] = /^(.*?)(?:\/\/ (.*))?$/.exec(line) ?? [];
        const expected = comment.split(/ {2,}/)[0] as string;
        const isValue = /^[\w.()]+; $/.test(statement) && expected !== '';
        const isPrinted = statement === '' && expected !== '';
        if (isValue && isAnswer(expected)) {
          printed.push(expected);
          return `console.log(${statement.replace('; ', '')});`;
        }
        if (isPrinted) printed.push(expected);
        return statement;
      });
      return { name: file, code: code.join('\n'), printed };
    },
  );
});

/** `true`, `20`: what a statement is worth, as against a remark on it. */
function isAnswer(comment: string): boolean {
  return /^(true|false|-?\d+)$/.test(comment);
}

/** Runs an example on a clock of its own, and returns what it has printed when nothing is left to do. */
async function run(code: string): Promise<string[]> {
  const printed: string[] = [];
  const console = { log: (...all: unknown[]) => printed.push(all.map(String).join(' ')) };
  const script = transpile(code, { target: ScriptTarget.ES2022, module: ModuleKind.None });
  runInNewContext(script, { ...rxjs, ...operators, console });
  await jest.advanceTimersByTimeAsync(1_000);
  return printed;
}

describe('the examples of the doc comments', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  it.each(examples)('$name', async ({ code, printed }) => {
    expect(printed).not.toEqual([]);
    expect(await run(code)).toEqual(printed);
  });

  it.each([
    'holding.ts',
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
