import { windowEvent } from '../../../streams/engine/windowEvent';

test('a window tells how long a stage was busy, and how long blocked', () => {
  expect(windowEvent('processor', 30, 10, { busyMs: 3, blockedMs: 4 })).toEqual({
    type: 'window',
    stage: 'processor',
    at: 30,
    from: 10,
    busyMs: { processor: 3 },
    blockedMs: { processor: 4 },
  });
});

test('and whether the run was paused', () => {
  const spent = { busyMs: 0, blockedMs: 0 };
  expect(windowEvent('analysis', 1, 0, { ...spent, paused: true })).toMatchObject({ paused: true });
  expect(windowEvent('analysis', 1, 0, { ...spent, paused: false })).not.toHaveProperty('paused');
});
