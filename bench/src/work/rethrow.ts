/** For streams that run to their end while they are subscribed to: what fails them fails the row. */
export function rethrow(error: unknown): never {
  throw error;
}
