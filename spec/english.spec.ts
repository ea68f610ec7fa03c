import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';

/** Words that plain technical English does without, and British spellings. */
const AVOIDED = new RegExp(
  String.raw`\b(?:${[
    ...['told', 'asked for', 'whatever', 'whoever', 'what it is at', 'as it is', 'so many'],
    ...['at hand', 'heed', 'to blame', 'by itself', 'of its own', 'how things stand'],
    '(?:recogni|summari|utili|normali|initiali|organi|seriali|synchroni|optimi|minimi|maximi)s(?:e[ds]?|ing|ations?)',
    ...[
      'behaviours?',
      'colou(?:rs?|red)',
      'grey',
      'licence',
      'neighbours?',
      'labelled',
      'catalogue',
    ],
  ].join('|')})\b(?!\()`,
  'gi',
);

const ROOT = join(__dirname, '..');
const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8');
const filesIn = (folder: string, ending: RegExp): string[] =>
  readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((path) => ending.test(path) && !path.includes('node_modules'))
    .map((path) => join(folder, path));

const found = (path: string, texts: Iterable<string>): string[] =>
  [...texts].flatMap((text) =>
    [...text.matchAll(AVOIDED)].map(([word]) => `${path}: "${word}" in: ${text.slice(0, 100)}`),
  );

/** Every string of a source file, and the fixed parts of its templates: help, errors, reports. */
function stringsOf(text: string): string[] {
  const strings: string[] = [];
  const visit = (node: ts.Node): void => {
    if (
      ts.isStringLiteralLike(node) ||
      ts.isTemplateHead(node) ||
      ts.isTemplateMiddleOrTemplateTail(node)
    ) {
      strings.push(node.text);
    }
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile('x.tsx', text, ts.ScriptTarget.Latest, false, ts.ScriptKind.TSX));
  return strings;
}

describe('plain technical English', () => {
  test('is looked for in strings and in the parts of templates', () => {
    const source = "const a = `one ${b ? 'two' : `three ${c} four`} five` + 'six'; // seven";
    expect(stringsOf(source)).toEqual(['one ', 'two', 'three ', ' four', ' five', 'six']);
  });

  test.each(['as it is told', 'whoever asked for it', 'it is recognised', 'what color by itself'])(
    'finds %s',
    (text) => {
      expect(found('x', [text])).not.toEqual([]);
    },
  );

  test('in README and docs', () => {
    const pages = ['README.md', 'CONTRIBUTING.md', 'SECURITY.md', ...filesIn('docs', /\.md$/)];
    expect(pages.flatMap((path) => found(path, read(path).split('\n')))).toEqual([]);
  });

  test.each(['operators', 'streams', 'src'])('in help, errors and reports: %s', (folder) => {
    const files = filesIn(folder, /\.tsx?$/);
    expect(files.flatMap((path) => found(path, stringsOf(read(path))))).toEqual([]);
  });
});
