/**
 * Builds the package into dist/, from one source:
 *
 * - CommonJS with declarations, by tsc. Node loads this one, whether a program imports or requires it, so
 *   that there is one `Readiness` and one copy of rxjs in a process.
 * - The dashboard's page, by buildPage.cjs, and the command line, bundled in place, by bundleCommand.cjs;
 *   with the licenses of what they contain.
 * - The JSON schemas of docs/schemas.
 * - Beside the file of each entry, an ES module and its declarations that pass the names on (`index.mjs`).
 * - In dist/esm, real ES modules of the entries that run in browsers, for bundlers. A file `x.browser.ts`
 *   takes the place of `x.ts` there.
 */
const { execFileSync } = require('node:child_process');
const {
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} = require('node:fs');
const { dirname, join, relative, resolve } = require('node:path');
const ts = require('typescript');
const { bundleCommand } = require('./bundleCommand.cjs');
const { writePage } = require('./buildPage.cjs');
const { entries } = require('./entries.cjs');
const { writeLicenses } = require('./writeLicenses.cjs');

const root = join(__dirname, '../..');
const dist = join(root, 'dist');
const FOR_BROWSERS = ['./operators', './testing'];

function buildCommonJs() {
  const tsc = require.resolve('typescript/bin/tsc');
  execFileSync(process.execPath, [tsc, '-p', 'tsconfig.build.json'], {
    cwd: root,
    stdio: 'inherit',
  });
}

/** Typed arrays have been generic since TypeScript 5.7, and the compiler writes inferred ones as such. */
function simplifyTypedArrays() {
  for (const name of readdirSync(dist, { recursive: true })) {
    if (!name.endsWith('.d.ts')) continue;
    const file = join(dist, name);
    const text = readFileSync(file, 'utf8');
    const simple = text.replace(
      /\b(\w+\d+(?:Clamped)?Array)<(?:Shared)?ArrayBuffer(?:Like)?>/g,
      '$1',
    );
    if (simple !== text) writeFileSync(file, simple);
  }
}

/** `index.mjs` and `index.d.mts` beside the `index.js` of an entry. */
function writeWrapper(source) {
  const base = join(dist, source.replace(/\.ts$/, ''));
  const code = `export * from './${base.split('/').pop()}.js';\n`;
  writeFileSync(`${base}.mjs`, code);
  writeFileSync(`${base}.d.mts`, code);
}

/** The source file that an import of `specifier` in `file` means, in a browser. */
function sourceOf(file, specifier) {
  const path = resolve(dirname(file), specifier);
  for (const candidate of [`${path}.browser.ts`, `${path}.ts`, join(path, 'index.ts')]) {
    if (existsSync(candidate)) return candidate;
  }
  throw new Error(`${file} imports ${specifier}, which does not exist.`);
}

/** Compiles a file, and whatever it imports, to ES modules; `done` are those that are compiled. */
function buildEsModule(file, done) {
  if (done.has(file)) return;
  done.add(file);
  const { outputText } = ts.transpileModule(readFileSync(file, 'utf8'), {
    fileName: file,
    compilerOptions: {
      module: ts.ModuleKind.ESNext,
      target: ts.ScriptTarget.ES2022,
      verbatimModuleSyntax: false,
      removeComments: true,
    },
  });
  const imports = [];
  const code = outputText.replace(/(\bfrom\s*)'(\.{1,2}\/[^']+)'/g, (_all, from, specifier) => {
    const source = sourceOf(file, specifier);
    imports.push(source);
    const path = relative(dirname(file), source).replace(/\.ts$/, '.js');
    return `${from}'${path.startsWith('.') ? path : `./${path}`}'`;
  });
  if (/\b(require\(|import\(|from\s*'node:)/.test(code)) {
    throw new Error(`${relative(root, file)} cannot run in a browser: it loads a module of Node.`);
  }
  const target = join(dist, 'esm', relative(root, file).replace(/\.ts$/, '.js'));
  mkdirSync(dirname(target), { recursive: true });
  writeFileSync(target, code);
  for (const source of imports) buildEsModule(source, done);
}

async function buildPackage() {
  rmSync(dist, { recursive: true, force: true });
  buildCommonJs();
  simplifyTypedArrays();
  const done = new Set();
  for (const { path, source } of entries) {
    writeWrapper(source);
    if (FOR_BROWSERS.includes(path)) buildEsModule(join(root, source), done);
  }
  writeFileSync(
    join(dist, 'esm/package.json'),
    `${JSON.stringify({ type: 'module', sideEffects: false })}\n`,
  );
  cpSync(join(root, 'docs/schemas'), join(dist, 'schemas'), { recursive: true });
  const modules = [...writePage(), ...(await bundleCommand())];
  writeLicenses(modules, join(dist, 'LICENSES.txt'));
}

void buildPackage();
