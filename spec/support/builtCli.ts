import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, relative } from 'node:path';
import ts from 'typescript';

const ROOT = join(__dirname, '../..');
const FOLDERS = ['src', 'streams', 'operators'];

const sourcesIn = (folder: string): string[] =>
  readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return sourcesIn(path);
    return /(?<!\.d)\.ts$/.test(entry.name) ? [path] : [];
  });

/**
 * The command line as plain JavaScript, for specs that start it as a process dozens of times: ts-node
 * would compile it each time. Made once for each state of the sources; returns the path of `main.js`.
 */
export function builtCli(): string {
  built ??= build();
  return built;
}

let built: string | undefined;

function build(): string {
  const files = FOLDERS.flatMap((folder) => sourcesIn(join(ROOT, folder)));
  const hash = createHash('sha256');
  for (const file of files) hash.update(file).update(readFileSync(file));
  const target = join(ROOT, 'reports/built', hash.digest('hex').slice(0, 16));
  if (!existsSync(target)) {
    const unfinished = `${target}.${process.pid}`;
    for (const file of files) compile(file, join(unfinished, relative(ROOT, file)));
    try {
      renameSync(unfinished, target);
    } catch {
      // Another worker was faster.
      statSync(target);
    }
  }
  return join(target, 'src/cli/main.js');
}

function compile(file: string, target: string): void {
  const { outputText } = ts.transpileModule(readFileSync(file, 'utf8'), {
    fileName: file,
    compilerOptions: {
      module: ts.ModuleKind.Node20,
      target: ts.ScriptTarget.ES2022,
      esModuleInterop: true,
    },
  });
  mkdirSync(dirname(target), { recursive: true });
  writeFileSync(target.replace(/\.ts$/, '.js'), outputText);
}
