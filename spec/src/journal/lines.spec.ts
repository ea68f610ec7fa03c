import { appendFileSync, writeFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { JournalError } from '../../../src/journal';
import { lines } from '../../../src/journal/lines';
import type { Line, LinesOptions } from '../../../src/journal/lines';
import { folder } from './given';

const path = folder();
const file = (name: string, content: string | Buffer): string => {
  writeFileSync(path(name), content);
  return path(name);
};
async function read(from: string, options?: LinesOptions): Promise<Line[]> {
  const all: Line[] = [];
  for await (const some of lines(from, options)) all.push(...some);
  return all;
}
const texts = (found: readonly Line[]): string[] => found.map(({ text }) => text);

describe('the lines of a file', () => {
  it('are numbered from 1, and tell where the next one begins', async () => {
    expect(await read(file('three', 'one\n\nzwölf\n'))).toEqual([
      { number: 1, text: 'one', end: 4 },
      { number: 2, text: '', end: 5 },
      // ö takes two bytes.
      { number: 3, text: 'zwölf', end: 12 },
    ]);
  });

  it.each([
    ['nothing', '', []],
    ['a torn line', 'one', []],
    ['a line and a torn one', 'one\ntwo', ['one']],
  ])('of %s', async (title, content, expected) => {
    expect(texts(await read(file(title, content)))).toEqual(expected);
  });

  it('are whole, however they lie across the chunks in which they are read', async () => {
    const all = Array.from({ length: 5_000 }, (_, n) => `${n} ${'é'.repeat(n % 400)}`);
    const content = Buffer.from(`${all.join('\n')}\nlast, torn`);
    expect(content.length).toBeGreaterThan(5 * 256 * 1024);
    const plain = await read(file('long', content));
    const packed = await read(file('long.gz', gzipSync(content)));
    expect(texts(plain)).toEqual(all);
    expect(packed).toEqual(plain);
    expect(plain.at(-1)?.end).toBe(content.length - 'last, torn'.length);
  });

  it('go on after those that have been read', async () => {
    const from = file('on', 'one\ntwo\nthree\n');
    const [, second] = await read(from);
    const after = { number: 2, bytes: second?.end ?? NaN };
    expect(await read(from, { after })).toEqual([{ number: 3, text: 'three', end: 14 }]);
  });

  it('of what is compressed are read from the beginning all the same', async () => {
    const from = file('on.gz', gzipSync('one\ntwo\n'));
    expect(texts(await read(from, { after: { number: 1, bytes: 4 } }))).toEqual(['one', 'two']);
  });

  it('of a truncated compressed file are those that can be unpacked', async () => {
    const all = Array.from({ length: 5_000 }, (_, n) => `${n * 7_919}`);
    const whole = gzipSync(all.join('\n'));
    const found = texts(await read(file('cut.gz', whole.subarray(0, whole.length >> 1))));
    expect(found.length).toBeGreaterThan(100);
    expect(found).toEqual(all.slice(0, found.length));
  });

  it('are followed while they are written, until that is enough', async () => {
    const from = file('growing', 'one\ntw');
    const enough = new AbortController();
    const found: string[] = [];
    for await (const some of lines(from, { follow: enough.signal })) {
      found.push(...texts(some));
      if (found.length === 1) appendFileSync(from, 'o\nthree\n');
      else enough.abort();
    }
    expect(found).toEqual(['one', 'two', 'three']);
  });

  it.each([
    ['what is not there', 'missing', 'JOURNAL_MISSING', 'there is no such file'],
    ['a folder', '', 'JOURNAL_UNREADABLE', 'a folder; name a file in it'],
  ])('of %s are an error', async (_title, name, code, said) => {
    const failing = read(path(name));
    await expect(failing).rejects.toBeInstanceOf(JournalError);
    await expect(failing).rejects.toMatchObject({
      code,
      message: expect.stringContaining(said) as string,
    });
  });
});
