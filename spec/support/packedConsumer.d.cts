/** The root of the checkout. */
export const checkout: string;

/**
 * Packs dist/ and installs it in a project of its own.
 *
 * @param omit what npm leaves out: `['optional']`
 */
export function createConsumer(omit?: readonly string[]): {
  /** The project. */
  readonly folder: string;
  /** Path of the tarball. */
  readonly tarball: string;
};
