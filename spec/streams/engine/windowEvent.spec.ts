import { windowEvent } from '../../../streams/engine/windowEvent';

test('a window tells of each stage how long it was busy, and how long blocked', () => {
  const event = windowEvent(30, 10, [
    ['coordinator', { busyMs: 1, blockedMs: 2 }],
    ['processor', { busyMs: 3, blockedMs: 4 }],
    ['analysis', { busyMs: 5, blockedMs: 6 }],
  ]);
  expect(event).toEqual({
    type: 'window',
    at: 30,
    from: 10,
    busyMs: { coordinator: 1, processor: 3, analysis: 5 },
    blockedMs: { coordinator: 2, processor: 4, analysis: 6 },
  });
});

test('and whether the run was paused', () => {
  expect(windowEvent(1, 0, [], { paused: true })).toMatchObject({ paused: true });
  expect(windowEvent(1, 0, [], { paused: false })).not.toHaveProperty('paused');
});
