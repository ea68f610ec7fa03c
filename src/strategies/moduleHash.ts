import { createHash } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';

/** `from './x'`, `import './x'`, `import('./x')` and `require('./x')`, by relative paths. */
const IMPORT = /(?:\bfrom|\bimport|\brequire)\s*\(?\s*['"](\.{1,2}\/[^'"]+)['"]/g;
const ENDINGS = [
  '',
  '.ts',
  '.mts',
  '.cts',
  '.js',
  '.mjs',
  '.cjs',
  '.json',
  '/index.ts',
  '/index.js',
];
/** TypeScript imports its own files by the names that they have when they are compiled. */
const COMPILED = /\.([cm]?)js$/;

/**
 * SHA-256 of a module and of every module that it imports by a relative path: the strategy's own code,
 * without the packages that it uses. Undefined where the module cannot be read.
 */
export function moduleHash(path: string): string | undefined {
  const files = new Map<string, Buffer>();
  if (!collect(resolve(path), files)) return undefined;
  const hash = createHash('sha256');
  for (const [, bytes] of files) hash.update(`${bytes.length}\n`).update(bytes);
  return hash.digest('hex');
}

/** In the order in which they are imported: what a folder is called is no part of the code. */
function collect(file: string, files: Map<string, Buffer>): boolean {
  if (files.has(file)) return true;
  let bytes: Buffer;
  try {
    bytes = readFileSync(file);
  } catch {
    return false;
  }
  files.set(file, bytes);
  for (const [, name = ''] of bytes.toString('utf8').matchAll(IMPORT)) {
    const found = resolved(resolve(dirname(file), name));
    if (found !== undefined) collect(found, files);
  }
  return true;
}

function resolved(path: string): string | undefined {
  const names = [...ENDINGS.map((ending) => path + ending), path.replace(COMPILED, '.$1ts')];
  return names.find((name) => statSync(name, { throwIfNoEntry: false })?.isFile() === true);
}
