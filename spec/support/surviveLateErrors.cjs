/**
 * Preloaded by the mutation test: an error of a mutant that comes when its test has already failed is
 * of no interest, and must not end the process that tries the next one.
 */
process.on('uncaughtException', () => undefined);
