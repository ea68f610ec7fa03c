import { linkSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { checkDistinct, identitiesOf } from '../../../src/cli/distinctPaths';

const root = realpathSync(mkdtempSync(join(tmpdir(), 'barometer paths ')));
const at = (name: string): string => join(root, name);
beforeAll(() => {
  writeFileSync(at('in.csv'), 'x');
  writeFileSync(at('other.csv'), 'y');
  symlinkSync(at('in.csv'), at('soft.csv'));
  symlinkSync(at('later.csv'), at('dangling.csv'));
  linkSync(at('in.csv'), at('hard.csv'));
  symlinkSync(root, at('folder'));
});
afterAll(() => {
  rmSync(root, { recursive: true, force: true });
});

describe('paths of a command', () => {
  it.each([
    ['the input itself', 'in.csv'],
    ['a symbolic link to it', 'soft.csv'],
    ['a hard link of it', 'hard.csv'],
    ['its place by another way', 'folder/in.csv'],
  ])('an output is not %s', (_what, name) => {
    const paths = { inputs: [at('in.csv')], outputs: [at(name)] };
    expect(() => {
      checkDistinct(paths);
    }).toThrow(/is read by this run/);
  });

  it.each([
    ['the same name', 'new.csv', 'new.csv'],
    ['a name through a link', 'new.csv', 'folder/new.csv'],
    ['a link to what does not exist yet', 'later.csv', 'dangling.csv'],
    ['two links of one file', 'hard.csv', 'soft.csv'],
  ])('two outputs are not %s', (_what, one, other) => {
    const paths = { inputs: [], outputs: [at(one), undefined, at(other)] };
    expect(() => {
      checkDistinct(paths);
    }).toThrow(/is written by this run already/);
  });

  it('a relative and an absolute path are the same place', () => {
    expect(identitiesOf(relative('', at('in.csv')))).toEqual(identitiesOf(at('in.csv')));
  });

  it('different files are fine', () => {
    checkDistinct({ inputs: [at('in.csv')], outputs: [at('other.csv'), at('new.csv')] });
  });

  it.each([
    ['win32', true],
    ['darwin', true],
    ['linux', false],
  ])('on %s names that differ by case are one place: %s', (platform, isOne) => {
    const [one] = identitiesOf(at('New.csv'), platform);
    const [other] = identitiesOf(at('new.CSV'), platform);
    expect(one === other).toBe(isOne);
  });
});
