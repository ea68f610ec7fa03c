import { OptionError } from '../../operators';
import {
  descriptionsOf,
  forEveryConsumer,
  forEveryEdge,
  forEveryStage,
  named,
  STANDARD_TOPOLOGY,
  topologyOf,
  withStage,
} from '../../streams/topology';
import type { StageDescription } from '../../streams/topology';

const ENRICHED = withStage(
  STANDARD_TOPOLOGY,
  { stage: 'enrich', items: 'bars' },
  { after: 'processor' },
);

const all = (_name: string, other?: string): string => other ?? 'one';

describe('a topology', () => {
  it('has an edge between each stage and the next', () => {
    expect(forEveryStage(ENRICHED, all)).toEqual({
      coordinator: 'one',
      processor: 'one',
      enrich: 'one',
      analysis: 'one',
    });
    expect(forEveryEdge(ENRICHED, all)).toEqual({
      'coordinator-processor': 'processor',
      'processor-enrich': 'enrich',
      'enrich-analysis': 'analysis',
    });
    expect(forEveryConsumer(ENRICHED, all)).toEqual({
      processor: 'coordinator-processor',
      enrich: 'processor-enrich',
      analysis: 'enrich-analysis',
    });
  });

  it('keeps what a stage is handed, and when that edge is pressed', () => {
    expect(ENRICHED.map(({ edge }) => edge?.items)).toEqual([undefined, 'bars', 'bars', 'cycles']);
    expect(ENRICHED.map(({ edge }) => edge?.thresholds.high)).toEqual([undefined, 0.2, 0.2, 0.3]);
    expect(ENRICHED.map(({ title }) => title)).toEqual([
      'Coordinator',
      'Data Processor',
      'Enrich',
      'Analysis Engine',
    ]);
  });

  it('is made of its descriptions again', () => {
    expect(topologyOf(descriptionsOf(ENRICHED))).toEqual(ENRICHED);
    const copy = JSON.parse(JSON.stringify(descriptionsOf(ENRICHED))) as StageDescription[];
    expect(topologyOf(copy)).toEqual(ENRICHED);
  });

  it('takes stages before and after the standard ones', () => {
    const stages = ['source', 'coordinator', 'processor', 'analysis', 'sink'];
    expect(topologyOf(stages.map((stage) => ({ stage }))).map(({ edge }) => edge?.name)).toEqual([
      undefined,
      'source-coordinator',
      'coordinator-processor',
      'processor-analysis',
      'analysis-sink',
    ]);
  });

  it.each([
    ['two stages of one name', ['coordinator', 'processor', 'analysis', 'processor']],
    ['a standard stage that is missing', ['coordinator', 'analysis']],
    ['another order', ['processor', 'coordinator', 'analysis']],
    ['no name', ['coordinator', '', 'processor', 'analysis']],
    ['a dash, which edges have', ['coordinator', 'a-b', 'processor', 'analysis']],
    ['a name that every object has', ['coordinator', 'constructor', 'processor', 'analysis']],
    ['a culprit of the verdict', ['coordinator', 'both', 'processor', 'analysis']],
  ])('refuses %s', (_what, stages) => {
    expect(() => topologyOf(stages.map((stage) => ({ stage })))).toThrow(OptionError);
  });

  it('refuses a stage behind one that it does not have', () => {
    expect(() => withStage(STANDARD_TOPOLOGY, { stage: 'a' }, { after: 'b' })).toThrow(
      "after is 'b', but must be a stage of the pipeline: coordinator, processor, analysis",
    );
  });
});

test('a value has the name of a stage or edge', () => {
  const values = forEveryStage(STANDARD_TOPOLOGY, (stage) => stage.length);
  expect(named(values, 'processor')).toBe(9);
  expect(() => named(values, 'constructor')).toThrow(RangeError);
});
