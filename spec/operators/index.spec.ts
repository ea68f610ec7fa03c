import * as operators from '../../operators';

it('exports these names, and no others', () => {
  expect(Object.keys(operators).sort()).toEqual([
    'Clock',
    'Holding',
    'LogLinearHistogram',
    'OptionError',
    'OverflowError',
    'Readiness',
    'VirtualClock',
    'WallClock',
    'bucketOf',
    'bucketValue',
    'holdUntilReady',
    'mergeByTime',
    'pace',
    'pull',
    'serve',
    'trackBackpressure',
  ]);
});
