import { runInNewContext } from 'node:vm';
import * as rxjs from 'rxjs';
import { ModuleKind, ScriptTarget, transpile } from 'typescript';
import * as operators from '../../operators';

/*
 * Snippets of the documentation. The convention: names of rxjs and of `barometer/operators` are in scope. A
 * line that is a comment from its beginning is a line that the snippet prints; so is a comment behind an
 * expression that is a statement of its own (`ready.value; // true`), without being logged. Behind two
 * spaces a remark may follow (`// 10   after 5 ms`).
 */
export interface Snippet {
  readonly code: string;
  readonly printed: readonly string[];
}

export function snippetOf(text: string): Snippet {
  const printed: string[] = [];
  const code = text.split('\n').map((line) => {
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
  return { code: code.join('\n'), printed };
}

/** `true`, `20`: what a statement is worth, as against a remark on it. */
function isAnswer(comment: string): boolean {
  return /^(true|false|-?\d+)$/.test(comment);
}

/** Runs a snippet on jest's fake timers, and returns what it has printed after a second. */
export async function runSnippet(code: string): Promise<string[]> {
  const printed: string[] = [];
  const console = { log: (...all: unknown[]) => printed.push(all.map(String).join(' ')) };
  const script = transpile(code, { target: ScriptTarget.ES2022, module: ModuleKind.None });
  runInNewContext(script, { ...rxjs, ...operators, console, setTimeout, AbortController });
  await jest.advanceTimersByTimeAsync(1_000);
  return printed;
}
