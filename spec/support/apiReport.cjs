/**
 * Writes what each entry of the built package declares to spec/api, one file an entry; with `--check` it
 * compares instead. Fails for a public declaration that needs a name which no entry exports, for two public
 * declarations of one name, and for `@internal` in what is published.
 */
const { mkdirSync, readdirSync, readFileSync, writeFileSync } = require('node:fs');
const { join, relative } = require('node:path');
const ts = require('typescript');
const { entries } = require('./entries.cjs');

const checkout = join(__dirname, '../..');
const reports = join(checkout, 'spec/api');
const manifest = JSON.parse(readFileSync(join(checkout, 'package.json'), 'utf8'));
const problems = [];

/** The declarations of an entry, those for `require` where it has two kinds. */
function typesOf(conditions) {
  if (typeof conditions === 'string') return conditions.endsWith('.d.ts') ? conditions : undefined;
  return Object.values(conditions)
    .map(typesOf)
    .find((found) => found !== undefined);
}

const files = entries.map(({ path }) => join(checkout, typesOf(manifest.exports[path])));
const program = ts.createProgram(files, {
  module: ts.ModuleKind.Node20,
  target: ts.ScriptTarget.ES2022,
  lib: ['lib.es2023.d.ts'],
  skipLibCheck: true,
  types: ['node'],
});
const checker = program.getTypeChecker();
const dist = join(checkout, 'dist/');
const isOurs = (node) => node.getSourceFile().fileName.startsWith(dist);
const resolved = (symbol) =>
  symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;

const exported = entries.map((entry, i) => {
  const source = program.getSourceFile(files[i]);
  if (source === undefined) throw new Error(`${files[i]} is missing: npm run build`);
  const symbols = checker.getExportsOfModule(checker.getSymbolAtLocation(source));
  return {
    ...entry,
    names: symbols
      .map((symbol) => ({ name: symbol.name, symbol: resolved(symbol) }))
      .sort((a, b) => (a.name < b.name ? -1 : 1)),
  };
});

/** The main entry comes last: what a topic declares is shown there. */
const byTopic = [...exported].sort((a, b) => Number(a.path === '.') - Number(b.path === '.'));
const publicSymbols = new Map();
for (const { name: entry, names } of byTopic) {
  for (const { name, symbol } of names) {
    const other = [...publicSymbols].find(([known, at]) => at.name === name && known !== symbol);
    if (other !== undefined)
      problems.push(`${name} is one thing in ${other[1].entry} and another in ${entry}`);
    if (!publicSymbols.has(symbol)) publicSymbols.set(symbol, { name, entry });
  }
}

const printer = ts.createPrinter({ removeComments: true });
const isPrivate = (member) =>
  (member.name !== undefined && ts.isPrivateIdentifier(member.name)) ||
  (ts.getCombinedModifierFlags(member) & ts.ModifierFlags.Private) !== 0;

/** A class without its private members. */
const withoutPrivates = (context) => (node) =>
  ts.isClassDeclaration(node)
    ? context.factory.updateClassDeclaration(
        node,
        node.modifiers,
        node.name,
        node.typeParameters,
        node.heritageClauses,
        node.members.filter((member) => !isPrivate(member)),
      )
    : node;

/** A type that the compiler takes from a table of values is shown as what it is. */
const isOfTable = (node) =>
  ts.isTypeAliasDeclaration(node) && /\btypeof\b/.test(node.type.getText()) && !node.typeParameters;

function declarationOf(node) {
  if (isOfTable(node)) {
    const type = checker.getTypeFromTypeNode(node.type);
    const flags = ts.TypeFormatFlags.NoTruncation | ts.TypeFormatFlags.InTypeAlias;
    return `type ${node.name.text} = ${checker.typeToString(type, undefined, flags)};`;
  }
  const statement = ts.isVariableDeclaration(node) ? node.parent.parent : node;
  const { transformed } = ts.transform(statement, [withoutPrivates]);
  return printer
    .printNode(ts.EmitHint.Unspecified, transformed[0], statement.getSourceFile())
    .replace(/^export /, '')
    .replace(/^declare /, '');
}

/** Module-level names of ours that a declaration needs and that no entry exports. */
function privateNames(node) {
  const found = new Set();
  if (isOfTable(node)) return [];
  const visit = (child) => {
    if ((ts.isClassElement(child) || ts.isParameter(child)) && isPrivate(child)) return;
    if (ts.isIdentifier(child)) {
      const symbol = checker.getSymbolAtLocation(child);
      const target = symbol && resolved(symbol);
      const declaration = target?.declarations?.[0];
      if (declaration !== undefined && isOurs(declaration) && !publicSymbols.has(target)) {
        const statement = ts.isVariableDeclaration(declaration)
          ? declaration.parent.parent
          : declaration;
        if (ts.isSourceFile(statement.parent)) found.add(target.name);
      }
    }
    ts.forEachChild(child, visit);
  };
  visit(node);
  return [...found];
}

function reportOf({ name: entry, names }) {
  const parts = names.map(({ name, symbol }) => {
    const home = publicSymbols.get(symbol).entry;
    if (home !== entry) return `// ${name}: see ${home}\n`;
    const declarations = (symbol.declarations ?? []).filter(isOurs);
    for (const node of declarations) {
      for (const missing of privateNames(node)) {
        problems.push(`${entry}: ${name} needs ${missing}, which no entry exports`);
      }
    }
    return `${declarations.map(declarationOf).join('\n')}\n`;
  });
  return `# ${entry}\n\nWritten by \`npm run api\`.\n\n\`\`\`ts\n${parts.join('\n')}\`\`\`\n`;
}

const fileOf = ({ path }) => `${path === '.' ? 'barometer' : path.slice(2)}.api.md`;
const isCheck = process.argv.includes('--check');
mkdirSync(reports, { recursive: true });
for (const entry of exported) {
  const path = join(reports, fileOf(entry));
  const report = reportOf(entry);
  if (!isCheck) writeFileSync(path, report);
  else if (!readdirSync(reports).includes(fileOf(entry)) || readFileSync(path, 'utf8') !== report) {
    problems.push(
      `${relative(checkout, path)} is out of date: npm run api, and commit what changed`,
    );
  }
}
const stale = readdirSync(reports).filter(
  (file) => !exported.some((entry) => fileOf(entry) === file),
);
for (const file of stale) problems.push(`spec/api/${file} belongs to no entry`);

for (const source of program.getSourceFiles().filter(({ fileName }) => fileName.startsWith(dist))) {
  if (source.text.includes('@internal'))
    problems.push(`${relative(checkout, source.fileName)} has @internal`);
}
for (const problem of problems) console.error(problem);
if (problems.length > 0) process.exitCode = 1;
