import * as operators from '../../operators';

it('exports these names, and no others', () => {
  expect(Object.keys(operators).sort()).toEqual([
    'BarometerError',
    'Clock',
    'DeadlockError',
    'Holding',
    'LogLinearHistogram',
    'OptionError',
    'OverflowError',
    'Readiness',
    'ReadinessError',
    'ServiceTimeoutError',
    'VirtualClock',
    'WallClock',
    'allReady',
    'bucketOf',
    'bucketValue',
    'holdUntilReady',
    'latestByKey',
    'mergeByTime',
    'occupied',
    'pace',
    'partitionByKey',
    'pull',
    'serve',
    'trackBackpressure',
  ]);
});
