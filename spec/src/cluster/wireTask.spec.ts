import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { decodeTask, encodeTask } from '../../../src/cluster/nats/wireTask';
import type { Task } from '../../../src/cluster';

const root = mkdtempSync(join(tmpdir(), 'barometer wire '));
const data = join(root, 'data');
const modules = join(root, 'modules');
mkdirSync(data);
mkdirSync(modules);
writeFileSync(join(root, 'secret.csv'), 'secret');
writeFileSync(join(root, 'evil.js'), 'evil');
writeFileSync(join(data, 'day.csv'), 'ticks');
writeFileSync(join(modules, 'mine.js'), 'module.exports = {}');
symlinkSync(join(root, 'evil.js'), join(modules, 'link.js'));
symlinkSync(join(root, 'secret.csv'), join(data, 'link.csv'));
afterAll(() => {
  rmSync(root, { recursive: true, force: true });
});

const folders = { data, modules };
const task: Task = {
  id: 'day-1',
  part: 'day',
  files: [join(data, 'day.csv')],
  strategies: ['sma-cross:fast=5,slow=10', `${join(modules, 'mine.js')}:length=3`],
  options: { bars: '1m', derive: ['5m'], strict: true },
};

/** A message of the task with other parts. */
const message = (parts: object): string => {
  const sent = JSON.parse(encodeTask(task, modules)) as object;
  return JSON.stringify({ ...sent, ...parts });
};
const decoded = (parts: object, where: Parameters<typeof decodeTask>[1] = folders) =>
  decodeTask(message(parts), where);

test('a task arrives as it was sent', () => {
  expect(decoded({})).toEqual(task);
});

test('paths that are relative are below the folders of the worker', () => {
  const files = [{ path: 'day.csv', bytes: 5 }];
  expect(decoded({ files }).files).toEqual([join(data, 'day.csv')]);
});

test('a message names modules by their path below the folder and their content, and holds no code', () => {
  const { strategies } = JSON.parse(encodeTask(task, modules)) as { strategies: unknown[] };
  expect(strategies[1]).toEqual({
    module: 'mine.js',
    sha256: expect.stringMatching(/^[0-9a-f]{64}$/) as string,
    parameters: 'length=3',
  });
});

const file = (path: string) => ({ files: [{ path, bytes: 6 }] });
const moduleAt = (path: string) => ({
  strategies: [{ module: path, sha256: '0'.repeat(64), parameters: '' }],
});

test.each([
  ['a file with a way up', file('../secret.csv'), 'without ..'],
  ['a file elsewhere', file(join(root, 'secret.csv')), 'is not in the folder'],
  ['a link that leads out of the folder', file('link.csv'), 'is not in the folder'],
  ['a file that is not there', file('none.csv'), 'cannot be read here'],
  ['a file of another size', file('day.csv'), 'has 5 bytes here and 6 at the sender'],
  ['the folder itself', file('.'), 'is not in the folder'],
  ['a module with a way up', moduleAt('../evil.js'), 'without ..'],
  ['a module with a way up in the style of Windows', moduleAt('..\\evil.js'), 'without ..'],
  ['a module elsewhere', moduleAt(join(root, 'evil.js')), 'is not in the folder'],
  ['a link to a module elsewhere', moduleAt('link.js'), 'is not in the folder'],
  ['a module that is another one here', moduleAt('mine.js'), 'another one here'],
  ['a module of Node.js', moduleAt('node:fs'), 'cannot be read here'],
  ['a newer schema', { schema: 2 }, 'not a task of schema 1'],
  ['code', { code: 'process.exit()' }, 'not a task of schema 1'],
  [
    'a path in place of a name',
    { strategies: [{ name: './evil.js', parameters: '' }] },
    'not a task of schema 1',
  ],
  [
    'a path behind a name',
    { strategies: [{ name: 'sma-cross', parameters: './evil.js' }] },
    'is not written as',
  ],
  ['no file', { files: [] }, 'not a task of schema 1'],
])('%s is refused', (_what, parts, found) => {
  expect(() => decoded(parts)).toThrow(found);
});

test('text that is no JSON is refused', () => {
  expect(() => decodeTask('{', folders)).toThrow('no JSON');
});

test('a worker without a folder of modules runs built-in strategies alone', () => {
  const none = { data, modules: undefined };
  expect(() => decoded({}, none)).toThrow('start it with --modules');
  const [builtIn = ''] = task.strategies;
  expect(
    decodeTask(encodeTask({ ...task, strategies: [builtIn] }, modules), none).strategies,
  ).toEqual([builtIn]);
});

test('what no worker would take is not sent', () => {
  expect(() => encodeTask({ ...task, files: ['../data/day.csv'] }, modules)).toThrow('..');
  const outside = { ...task, strategies: [join(root, 'evil.js')] };
  expect(() => encodeTask(outside, modules)).toThrow('the module ../evil.js');
});
