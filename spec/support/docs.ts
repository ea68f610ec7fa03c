import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { errorsAsMarkdown } from '../../src/errors';
import { formatsAsMarkdown } from '../../src/inspect/renderFormats';
import { countersAsMarkdown } from '../../src/metrics';
import { jsonSchemaOf, SCHEMAS, SCHEMA_VERSION } from '../../src/schemas';
import type { SchemaName } from '../../src/schemas';
import { formats } from '../../streams/sources';

/** Renews the tables and examples in README.md and docs/: `npx ts-node -T spec/support/docs.ts`. Specs compare them. */
const checkout = join(__dirname, '../..');
const read = (path: string): string => readFileSync(join(checkout, path), 'utf8');

const tables = new Map([
  ['counters', countersAsMarkdown()],
  ['errors', errorsAsMarkdown()],
  ['formats', formatsAsMarkdown(formats)],
]);

/** What stands between `<!-- name -->` and `<!-- /name -->`. */
function contentOf(name: string): string | undefined {
  const [, example] = /^example: (.+)$/.exec(name) ?? [];
  if (example !== undefined) return `\`\`\`ts\n${read(example)}\`\`\``;
  return tables.get(name)?.trim();
}

const PLACE = /(<!-- ((\w+)[^>]*?) -->\n)[^]*?(<!-- \/\3 -->)/g;

for (const path of [
  'README.md',
  ...readdirSync(join(checkout, 'docs')).map((name) => `docs/${name}`),
]) {
  if (!path.endsWith('.md')) continue;
  const renewed = read(path).replace(
    PLACE,
    (all: string, open: string, name: string, _word: string, close: string) => {
      const content = contentOf(name);
      return content === undefined ? all : `${open}${content}\n${close}`;
    },
  );
  writeFileSync(join(checkout, path), renewed);
}

const schemas = join(checkout, `docs/schemas/v${SCHEMA_VERSION}`);
mkdirSync(schemas, { recursive: true });
for (const name of Object.keys(SCHEMAS) as SchemaName[]) {
  writeFileSync(join(schemas, `${name}.json`), `${JSON.stringify(jsonSchemaOf(name), null, 2)}\n`);
}
