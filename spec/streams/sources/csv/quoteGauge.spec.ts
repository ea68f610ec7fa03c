import { quoteGauge } from '../../../../streams/sources/csv/quoteGauge';

const longest = (text: string, piece = text.length): string => {
  const bytes = Buffer.from(text);
  const gauge = quoteGauge(',');
  for (let from = 0; from < bytes.length; from += piece) {
    gauge.measure(bytes.subarray(from, from + piece));
  }
  const { at, length } = gauge.longest();
  return bytes.toString('utf8', at, at + length);
};

test.each([
  ['none', 'a,b\nc,d\n', ''],
  ['one', 'a,"bcd",e\n', '"bcd'],
  ['the longest of several', '"a","bcd","ef"\n"g"\n', '"bcd'],
  ['one with delimiters and lines', 'a,"b,\r\nc\n,d"\ne,f\n', '"b,\r\nc\n,d'],
  ['one with doubled quotes', 'a,"b""c""",d\n', '"b""c""'],
  ['one of nothing but them', 'a,"""""",b\n', '"""""'],
  ['an empty one', 'a,"",b\n', '"'],
  ['at the beginning', '"ab",c\n', '"ab'],
  ['behind line ends of any kind', 'a\r"bc",d\n', '"bc'],
  ['at the end', 'a,"bc"', '"bc'],
  ['not closed', 'a,"b\nc,d\n', '"b\nc,d\n'],
  ['not one: a quote in a value', 'a,5" b,c\nd,6" e,f\n', ''],
  ['one behind a quote in a value', 'a,5" b,"cd"\n', '"cd'],
])('values in quotes: %s', (_, text, expected) => {
  for (const piece of [text.length, 1, 2, 3]) expect(longest(text, piece)).toBe(expected);
});
