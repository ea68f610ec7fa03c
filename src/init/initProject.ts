import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { TEMPLATES } from './templates';

export interface InitResult {
  /** Paths in the folder. */
  readonly written: readonly string[];
  /** What was there already, and was left alone. */
  readonly kept: readonly string[];
}

/** Writes the files of a new project into a folder; what is there already is left alone. */
export function initProject(folder: string): InitResult {
  const kept = Object.keys(TEMPLATES).filter((path) => existsSync(join(folder, path)));
  const written = Object.keys(TEMPLATES).filter((path) => !kept.includes(path));
  for (const path of written) {
    const file = join(folder, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, TEMPLATES[path]?.() ?? '', { flag: 'wx' });
  }
  return { written, kept };
}
