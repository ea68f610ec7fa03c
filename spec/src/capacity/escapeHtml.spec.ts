import fc from 'fast-check';
import { escapeHtml } from '../../../src/capacity/escapeHtml';

/** What a browser makes of it. */
const read = (html: string): string =>
  html
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&');

describe('escapeHtml', () => {
  it.each([
    ['', ''],
    ['SPY 1m: 3×', 'SPY 1m: 3×'],
    ['<b>"R&D"</b>', '&lt;b&gt;&quot;R&amp;D&quot;&lt;/b&gt;'],
    ["O'NEIL", 'O&#39;NEIL'],
    ['&amp;', '&amp;amp;'],
  ])('writes %j as %j', (text, html) => {
    expect(escapeHtml(text)).toBe(html);
  });

  it('is read as what it was, and opens and closes nothing', () => {
    const texts = fc.string({ unit: fc.constantFrom('&', '<', '>', '"', "'", 'a', ';', '#', '3') });
    fc.assert(
      fc.property(texts, (text) => {
        const html = escapeHtml(text);
        expect(read(html)).toBe(text);
        expect(html).not.toMatch(/[<>"']/);
      }),
    );
  });
});
