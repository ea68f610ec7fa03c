import { existsSync } from 'node:fs';
import { isAbsolute } from 'node:path';
import { describeWithSharedData, sharedData } from './sharedData';

test('a shared file is named by its absolute path', () => {
  expect(isAbsolute(sharedData('fx/some.csv'))).toBe(true);
  expect(sharedData('fx/some.csv')).toMatch(/fx.some\.csv$/);
});

describeWithSharedData('recorded files', () => {
  test('are there, and say where they come from', () => {
    expect(existsSync(sharedData('SOURCES.md'))).toBe(true);
  });
});
