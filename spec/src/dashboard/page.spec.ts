import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { pageAssets } from '../../../src/dashboard/assets';

const PAGE = join(__dirname, '../../../src/dashboard/page');

describe('the page', () => {
  const { html, script, style } = pageAssets();

  it('is at most 45 KB as it is sent', () => {
    const bytes = [html, script, style].reduce((sum, text) => sum + gzipSync(text).length, 0);
    expect(bytes).toBeLessThan(45_000);
  });

  it('runs no text as code, and makes no markup of text', () => {
    expect(/\beval\(|new Function/.test(script)).toBe(false);
    for (const name of readdirSync(PAGE).filter((file) => /\.tsx?$/.test(file))) {
      const text = readFileSync(join(PAGE, name), 'utf8');
      expect([name, /InnerHTML|innerHTML|insertAdjacentHTML/.test(text)]).toEqual([name, false]);
    }
  });

  it('loads nothing from elsewhere', () => {
    const all = [...(html + script + style).matchAll(/https?:\/\/[\w.]+/g)].map(([url]) => url);
    expect(all.filter((url) => url !== 'http://www.w3.org')).toEqual([]);
    expect(/@import|url\(/.test(style)).toBe(false);
  });

  it('can stand within a page: it does not end its own element', () => {
    expect(/<\/script/i.test(script)).toBe(false);
    expect(/<\/style/i.test(style)).toBe(false);
  });
});
