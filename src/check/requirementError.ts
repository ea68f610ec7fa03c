/** A requirement that cannot be understood. */
export class RequirementError extends Error {
  override readonly name = 'RequirementError';
}
