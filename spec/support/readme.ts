import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { countersAsMarkdown } from '../../src/metrics';

/** Renews what the README quotes: `npx ts-node -T spec/support/readme.ts`. The specs say when it is due. */
const path = join(__dirname, '../../README.md');
const between = (text: string, name: string, content: string): string => {
  const places = new RegExp(`(<!-- ${name} -->\n)[^]*?(<!-- /${name.split(':')[0] ?? name} -->)`);
  return text.replace(places, (_all, open: string, close: string) => `${open}${content}${close}`);
};

let readme = readFileSync(path, 'utf8');
readme = between(readme, 'counters', `${countersAsMarkdown().trim()}\n`);
for (const [, example = ''] of readme.matchAll(/<!-- example: (\S+) -->/g)) {
  const text = readFileSync(join(__dirname, '../..', example), 'utf8');
  readme = between(readme, `example: ${example}`, `\`\`\`ts\n${text}\`\`\`\n`);
}
writeFileSync(path, readme);
