import { expect, test } from 'vitest'
import { child, childText, escapeXml, readXml, XmlError } from '../src/xml.ts'

const read = (xml: string) => readXml(Buffer.from(xml, 'utf8'))

test('elements are found by namespace and local name, whatever the prefix', () => {
  for (const xml of [
    '<a xmlns="u"><b>1</b></a>',
    '<p:a xmlns:p="u"><p:b>1</p:b></p:a>',
    '<p:a xmlns:p="u"><q:b xmlns:q="u">1</q:b></p:a>',
  ]) {
    expect(childText(read(xml), 'u', 'b')).toBe('1')
  }
  expect(child(read('<a xmlns="u" xmlns:p="v"><p:b/></a>'), 'u', 'b')).toBeUndefined()
})

test.each([
  ['a DOCTYPE', '<!DOCTYPE a [<!ENTITY e "x">]><a>&e;</a>'],
  ['an entity of its own', '<a>&e;</a>'],
  ['an unbound prefix', '<p:a/>'],
  ['an unclosed element', '<a><b></a>'],
  ['two roots', '<a/><a/>'],
  ['nothing', ''],
  ['another declared encoding', '<?xml version="1.0" encoding="ISO-8859-1"?><a/>'],
  ['XML 1.1', '<?xml version="1.1"?><a/>'],
  ['a control character that XML 1.1 would allow', '<?xml version="1.1"?><a>&#1;</a>'],
  ['a later XML 1', '<?xml version="1.2"?><a/>'],
  ['a control character in text', '<a>\u0001</a>'],
  ['a control character by reference', '<a>&#8;</a>'],
  ['a control character in an attribute', '<a b="\u000b"/>'],
  ['a control character in a comment', '<a><!--\u001b--></a>'],
  ['a NUL after the document', '<a/>\u0000'],
  ['half a surrogate pair', '<a>&#xD800;</a>'],
  ['a tree too deep', '<a>'.repeat(41) + '</a>'.repeat(41)],
  ['too many elements', `<a>${'<b/>'.repeat(20_000)}</a>`],
])('%s is refused', (_, xml) => {
  expect(() => read(xml)).toThrow(XmlError)
})

test('octets that are not UTF-8 are refused', () => {
  expect(() => readXml(Buffer.from([0x3c, 0x61, 0x3e, 0xff, 0x3c, 0x2f, 0x61, 0x3e]))).toThrow('not UTF-8')
})

test('an escaped text is read back unchanged', () => {
  const text = `<&>"' é 例`
  expect(read(`<a b="${escapeXml(text)}">${escapeXml(text)}</a>`)).toMatchObject({ text })
  expect(read(`<a b="${escapeXml(text)}"/>`).attributes.get('b')).toBe(text)
})

test('characters that XML does not allow are not sent', () => {
  for (const text of ['\u0000', '\u001b', '\ufffe', '\ud800'])
    expect(() => escapeXml(text)).toThrow(RangeError)
})
