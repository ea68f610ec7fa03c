import { BarometerError } from '../operators/errors';

/** An optional dependency is needed and is not installed. */
export class MissingPackageError extends BarometerError {
  override readonly name = 'MissingPackageError';
  override readonly code = 'PACKAGE_MISSING';

  constructor(
    /** The package that has to be installed. */
    readonly packageName: string,
    /** What it is needed for, as the beginning of a sentence: "Reading zip files". */
    purpose: string,
    options?: ErrorOptions,
  ) {
    super(
      `${purpose} needs the package ${packageName}, an optional dependency that is not installed. ` +
        `Install it: npm install ${packageName}`,
      options,
    );
  }
}

const NOT_FOUND = ['MODULE_NOT_FOUND', 'ERR_MODULE_NOT_FOUND'];

/** True of an error that says that a package, or one of its scope that it loads, is not installed. */
function isMissing(error: unknown, packageName: string): boolean {
  const { code = '', message = '' } = error as NodeJS.ErrnoException;
  const scope = packageName.startsWith('@') ? packageName.split('/')[0] : packageName;
  return NOT_FOUND.includes(code) && message.includes(`'${scope ?? packageName}`);
}

/**
 * Loads an optional dependency; throws a `MissingPackageError` where it is not installed. `load` uses
 * `require`: of a CommonJS package, `import()` takes two to three times as long.
 */
export function requireOptional<T>(packageName: string, purpose: string, load: () => T): T {
  try {
    return load();
  } catch (error) {
    if (!isMissing(error, packageName)) throw error;
    throw new MissingPackageError(packageName, purpose, { cause: error });
  }
}
