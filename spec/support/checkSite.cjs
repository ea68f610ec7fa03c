/** Checks that every link inside of the built site leads to a file, and to an anchor that exists in it. */
const { existsSync, readdirSync, readFileSync, statSync } = require('node:fs');
const { dirname, join, relative, resolve } = require('node:path');

const site = resolve(process.argv[2] ?? join(__dirname, '../../site'));
const pages = readdirSync(site, { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.html'))
  .map((path) => join(site, path));

const texts = new Map(pages.map((page) => [page, readFileSync(page, 'utf8')]));
const anchors = new Map(
  [...texts].map(([page, text]) => [
    page,
    new Set([...text.matchAll(/\s(?:id|name)="([^"]+)"/g)].map(([, id]) => id)),
  ]),
);

/** What is wrong with a link; undefined if it is right, or leads to another site. */
function faultOf(page, link) {
  if (/^[a-z][a-z\d+.-]*:/i.test(link)) return undefined;
  const [path = '', fragment] = link.replaceAll('&amp;', '&').split('#').map(decodeURIComponent);
  const target = path === '' ? page : resolve(dirname(page), path.split('?')[0]);
  if (!existsSync(target) || statSync(target).isDirectory()) return 'no such file';
  const known = anchors.get(target);
  return fragment && known !== undefined && !known.has(fragment) ? 'no such anchor' : undefined;
}

const broken = new Set();
let links = 0;
for (const [page, text] of texts) {
  for (const [, link] of text.matchAll(/\s(?:href|src)="([^"]*)"/g)) {
    links += 1;
    const fault = faultOf(page, link);
    if (fault !== undefined) broken.add(`${relative(site, page)}: ${link}: ${fault}`);
  }
}
for (const line of broken) console.error(line);
console.log(`${links} links in ${pages.length} pages, ${broken.size} broken`);
if (broken.size > 0 || links === 0) process.exitCode = 1;
