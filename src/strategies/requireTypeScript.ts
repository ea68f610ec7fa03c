import { createRequire } from 'node:module';

/**
 * Loads a TypeScript module without checking its types. What it imports may be TypeScript, an ES module
 * or CommonJS, no matter what the package.json beside it says; installed packages are those of `require`.
 */
export function requireTypeScript(file: string): unknown {
  // Loaded when it is needed: with its compiler it takes a tenth of a second.
  const { createJiti } = createRequire(__filename)('jiti') as typeof import('jiti');
  // Nothing is written to the user's disk.
  const compiler = createJiti(file, { fsCache: false });
  const jiti = createJiti(file, {
    fsCache: false,
    // Proxies around imported modules would halve the speed of calls across modules; the compiled code
    // finds the default of a CommonJS module without them.
    interopDefault: false,
    transform: (options) => ({
      code: compiler.transform({ ...options, interopDefault: true }),
    }),
  });
  return jiti(file);
}
