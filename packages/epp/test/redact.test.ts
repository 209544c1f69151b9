import { expect, test } from 'vitest'
import { redactSecrets, redactXml } from '../src/redact.ts'
import { FRAMES } from './support/frames.ts'

const SECRETS = [
  'foo&lt;&amp;&gt;BAR2',
  'bar-FOO2',
  'beyond sixteen',
  'long enough',
  'a&lt;b&amp;c&gt;',
  '2foo&lt;BAR',
  '2fooBAR',
  '2BARfoo',
]

test('no frame of ours that is shown contains a password or authInfo', () => {
  const shown = FRAMES.map(([, xml]) => redactXml(xml))
  for (const secret of SECRETS) {
    expect(
      FRAMES.some(([, xml]) => xml.includes(secret)),
      secret,
    ).toBe(true)
    expect(shown.filter((xml) => xml.includes(secret))).toEqual([])
  }
})

test.each([
  '<x:newPW xmlns:x="u">hush-hush</x:newPW >',
  '<pw>hush-hush',
  '<d:pw roid="A">hush<d:pw>-hush</d:pw>',
  '<pw><![CDATA[</pw>hush-hush]]></pw>',
  '<pw><!-- </pw> -->hush-hush</pw>',
  '<!-- <pw>hush-hush</pw> -->',
  '<PW\n>hush-hush</PW>',
])('%s is shown without its secret', (xml) => {
  expect(redactXml(`<a>${xml}</a>`)).not.toContain('hush')
})

test('a text that is no secret is not changed', () => {
  const xml = '<a><pw/><pwd>seen</pwd><name>pw</name><pw>x</pw><b>seen too</b></a>'
  expect(redactXml(xml)).toBe('<a><pw/><pwd>seen</pwd><name>pw</name><pw>[redacted]</pw><b>seen too</b></a>')
})

test('a megabyte of tags that never close is masked in one pass', () => {
  for (const text of ['<pw>', '<pw', '<![CDATA[', '<pw><!--', '<a:', '</pw>']) {
    redactXml(text.repeat(1_000_000 / text.length))
  }
})

test('of two secrets, one inside the other, nothing remains', () => {
  expect(redactSecrets('longer-secret and secret', ['secret', 'longer-secret'])).toBe(
    '[redacted] and [redacted]',
  )
})
