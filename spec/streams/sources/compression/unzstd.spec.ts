import { unzstd } from '../../../../streams/sources/compression/unzstd';
import { tempFiles } from '../readAll';
import { zstdFile } from '../zstdFile';

const files = tempFiles();

async function unpack(content: Buffer): Promise<Buffer> {
  const pieces: Buffer[] = [];
  for await (const piece of unzstd(files.write('file.zst', content))) pieces.push(piece);
  return Buffer.concat(pieces);
}

/** Made by zstd 1.5: 'tick '.repeat(100), with a checksum. */
const PACKED = Buffer.from('KLUv/QRYZQAAKHRpY2sgAQDsUIsWhvdXqA==', 'base64');
const CONTENT = Buffer.from('tick '.repeat(100));

const long = Buffer.from(Array.from({ length: 250_001 }, (_, at) => (at * 7919) % 251));

test('what zstd has packed', async () => {
  expect(await unpack(PACKED)).toEqual(CONTENT);
});

test('frames behind one another, what is to be skipped, and a frame with nothing in it', async () => {
  const skipped = Buffer.from([0x5a, 0x2a, 0x4d, 0x18, 3, 0, 0, 0, 1, 2, 3]);
  const frames = [PACKED, skipped, zstdFile(long), zstdFile(Buffer.alloc(0)), PACKED];
  expect(await unpack(Buffer.concat(frames))).toEqual(Buffer.concat([CONTENT, long, CONTENT]));
});

test('of every beginning of it, it is said that the end is missing', async () => {
  const content = zstdFile(Buffer.from('abc'));
  for (let length = 1; length < content.length; length += 1) {
    await expect(unpack(content.subarray(0, length))).rejects.toThrow('unexpected end of file');
  }
});

test('what does not fit its checksum is told, wherever it was changed', async () => {
  const content = zstdFile(long);
  for (const at of [20, 100_000, 250_000, content.length - 1]) {
    const damaged = Buffer.from(content);
    damaged[at] = (damaged[at] as number) ^ 1;
    await expect(unpack(damaged)).rejects.toThrow(/checksum/);
  }
  expect(await unpack(zstdFile(long, { checksum: false }))).toEqual(long);
});

test('a long frame that is one segment, whole and damaged', async () => {
  const content = Buffer.from(Array.from({ length: 2_200_000 }, (_, at) => (at * 7919) % 251));
  const packed = zstdFile(content);
  expect((await unpack(packed)).equals(content)).toBe(true);
  packed[2_000_000] = (packed[2_000_000] as number) ^ 1;
  await expect(unpack(packed)).rejects.toThrow(/checksum/);
  await expect(unpack(packed.subarray(0, 2_000_000))).rejects.toThrow('unexpected end of file');
});

test('a frame that asks for too much memory is refused', async () => {
  const frame = Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0x00, 0xff, 1, 0, 0]);
  await expect(unpack(frame)).rejects.toThrow('128 MB');
});
