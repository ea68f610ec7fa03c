/** As in Node, without the content of objects: it would be a fifteenth of a page with one tracker. */
export function shown(value: unknown): string {
  try {
    const text = String(value).slice(0, 100);
    return typeof value === 'string' ? `'${text}'` : text;
  } catch {
    return 'a value that cannot be shown';
  }
}
