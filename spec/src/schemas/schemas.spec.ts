import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv from 'ajv/dist/2020';
import { jsonSchemaOf, SCHEMAS, SCHEMA_VERSION } from '../../../src/schemas';
import type { SchemaName } from '../../../src/schemas';
import { barometer, folder, TICKS } from '../cli/barometer';

const PUBLISHED = join(__dirname, `../../../docs/schemas/v${SCHEMA_VERSION}`);
const NAMES = Object.keys(SCHEMAS) as SchemaName[];
const published = (name: SchemaName): object =>
  JSON.parse(readFileSync(join(PUBLISHED, `${name}.json`), 'utf8')) as object;

describe('the schemas in docs/schemas', () => {
  it('are all of them, and no others', () => {
    expect(readdirSync(PUBLISHED).sort()).toEqual(NAMES.map((name) => `${name}.json`).sort());
  });

  it.each(NAMES)('%s is what its zod schema says', (name) => {
    // `npx ts-node -T spec/support/docs.ts` renews them.
    expect(published(name)).toEqual(jsonSchemaOf(name));
  });

  it.each(NAMES)('%s allows fields that a later release adds', (name) => {
    expect(JSON.stringify(published(name))).not.toContain('"additionalProperties":false');
  });
});

const { path, file } = folder();
const BROKEN = `module.exports = { name: 'broken', onBar() { throw new Error('no'); } };`;
const env = { BAROMETER_DIR: '' };
const printed = async (...argv: readonly string[]): Promise<unknown> => {
  const { stdout, stderr } = await barometer([...argv, '--json'], { env });
  if (stdout === '') throw new Error(stderr);
  return JSON.parse(stdout);
};

/** The runs that others are compared with stay the latest. */
const ASIDE = ['--quiet', '--journal', 'none'];
const WALL = ['--time', 'wall', '--speed', '1e6'];

/** What is wrong with an output; `strict`: also a field that the schema does not have. */
function problemsOf(schema: object, output: unknown): unknown {
  const validate = new Ajv({ allErrors: true, strict: false }).compile(schema);
  return validate(output) ? [] : validate.errors;
}

describe('every output is as its schema says', () => {
  beforeAll(async () => {
    Object.assign(env, { BAROMETER_DIR: path('runs') });
    const day = file('day.csv', TICKS);
    file('two.csv', `${TICKS}1,AAA,not a price,1\n`);
    const broken = file('broken.cjs', BROKEN);
    const base = ['replay', day, '--quiet', '--strategy'];
    await printed(...base, 'sma-cross:fast=2,slow=3', '--derive', '5m', '--label', 'first');
    await printed(...base, 'busy:us=3000', '--strategy', broken, '--speed', '60000');
    await barometer(['runs', 'baseline', 'latest~1'], { env });
  });

  const check = ['--require', 'errors = 0', '--require', 'signals(busy) >= 0'];
  const day = (): string => path('day.csv');

  it.each<[SchemaName, string, () => readonly string[]]>([
    ['report', 'a run that keeps up', () => ['report', 'latest~1']],
    ['report', 'a run that does not', () => ['report', 'latest']],
    ['report', 'a moment of a run', () => ['report', 'latest', '--at', 'seq:5']],
    ['report', 'a data-driven run', () => ['replay', day(), '--mode', 'data', ...ASIDE]],
    ['report', 'the wall clock', () => ['replay', day(), ...WALL, ...ASIDE]],
    ['report', 'an empty run', () => ['replay', day(), '--to', '2020-01-01', ...ASIDE]],
    ['capacity', 'a run', () => ['capacity', 'latest']],
    ['capacity', 'files', () => ['capacity', day(), '--strategy', 'busy:us=500', '--passes', '2']],
    ['capacity', 'what if', () => ['capacity', 'latest~1', '--what-if', 'sma-cross*0']],
    ['check', 'a gate', () => ['check', day(), '--strategy', 'busy:us=1', ...check]],
    ['check', 'passes', () => ['check', day(), '--strategy', 'busy', ...check, '--passes', '2']],
    ['check', 'a baseline', () => ['check', day(), ...check.slice(0, 2), '--baseline', 'baseline']],
    ['status', 'a run', () => ['status', 'latest']],
    ['diff', 'two runs', () => ['diff', 'baseline', 'latest']],
    ['runs', 'all', () => ['runs']],
    ['runs-prune', 'one', () => ['runs', 'prune', '--keep', '1', '--dry-run']],
    ['inspect', 'a file', () => ['inspect', path('two.csv')]],
    ['formats', 'all', () => ['formats']],
    ['strategies', 'built-in', () => ['strategies']],
    ['strategies', 'own', () => ['strategies', path('broken.cjs'), 'busy']],
  ])('%s: %s', async (name, _what, argv) => {
    const output = await printed(...argv());
    expect(problemsOf(published(name), output)).toEqual([]);
    expect(problemsOf(jsonSchemaOf(name, true), output)).toEqual([]);
  });

  it('and an output of another shape is refused', async () => {
    const report = (await printed('report', 'latest')) as { run: object; signals: unknown };
    expect(problemsOf(published('report'), { ...report, signals: 3 })).not.toEqual([]);
    const added = { ...report, run: { ...report.run, news: 1 } };
    expect(problemsOf(published('report'), added)).toEqual([]);
    expect(problemsOf(jsonSchemaOf('report', true), added)).not.toEqual([]);
  });
});
