import { extractText, getDocumentProxy } from 'unpdf'
import { expect, test } from 'vitest'
import { renderPdf } from '../src/render-pdf.ts'
import { creditNote, invoice } from './documents.ts'

/** A larger file means that a font was embedded with all its glyphs. */
const OCTETS_MAX = 60_000

/** The text of the PDF, each run of spaces as one. */
async function read(pdf: Buffer) {
  const document = await getDocumentProxy(new Uint8Array(pdf))
  const { text, totalPages } = await extractText(document, { mergePages: true })
  return { text: text.replaceAll(/\s+/g, ' '), totalPages }
}

test('the text of an invoice can be read from its PDF: number, parties, name in both forms, dates and amounts', async () => {
  const { text, totalPages } = await read(await renderPdf(invoice))
  expect(totalPages).toBe(1)
  for (const part of [
    'Invoice',
    'INV-2026-000017',
    '24 November 2026',
    'Droplock Test Ltd',
    'IE1234567X',
    'A Buyer GmbH',
    '10115 Berlin',
    'Germany',
    'Registration of münchen.example for 1 year',
    'xn--mnchen-3ya.example',
    '15 February 2026 to 15 February 2027',
    'EUR 1,003,713.73',
    'Tax 23% EUR 230,854.16',
    'Total paid EUR 1,234,567.89',
  ]) {
    expect(text).toContain(part)
  }
  expect(text).not.toContain('TEST')
})

test('a credit note names its invoice, and a test document is marked as such', async () => {
  const { text } = await read(await renderPdf(creditNote))
  for (const part of [
    'TEST: issued by a test system',
    'Credit note',
    'TEST-CN-2026-000003',
    'TEST-INV-2026-000017',
  ]) {
    expect(text).toContain(part)
  }
})

test.each([
  ['Chinese', '北京示例科技有限公司（镕囍喆）'],
  ['Polish', 'Zażółć gęślą jaźń Łódź sp. z o.o.'],
  ['Czech, Turkish and Romanian', 'Žluťoučký kůň İğdır Şişli Timișoara'],
  ['Russian and Ukrainian', 'Общество Щит Їжак Ґанок'],
  ['Greek', 'Παράδειγμα Α.Ε.'],
  ['Vietnamese', 'Công ty Việt Nguyễn'],
  ['Chinese and Latin together', '示例 Example 股份 GmbH 公司'],
])('a buyer named in %s is set with embedded glyphs and can be read back', async (_, name) => {
  const pdf = await renderPdf({ ...invoice, buyer: { ...invoice.buyer, name } })
  expect((await read(pdf)).text).toContain(name)
  expect(pdf.length).toBeLessThan(OCTETS_MAX)
})

const countFonts = (pdf: Buffer) => pdf.toString('latin1').split('/FontFile2').length - 1

test('every font is embedded, and only those in use', async () => {
  expect(countFonts(await renderPdf(invoice))).toBe(2)
  expect(countFonts(await renderPdf(creditNote))).toBe(4)
})

test('the same document gives the same octets', async () => {
  const [one, other] = [await renderPdf(creditNote), await renderPdf({ ...creditNote })]
  expect(one.equals(other)).toBe(true)
  expect(one.equals(await renderPdf({ ...creditNote, number: 'TEST-CN-2026-000004' }))).toBe(false)
})

test('the longest buyer and name that are accepted fit on one page', async () => {
  const line = {
    ...invoice.line,
    name: `${'a'.repeat(63)}.`.repeat(3) + 'example',
    nameUnicode: '长'.repeat(200),
  }
  const address = Array.from({ length: 6 }, () => 'W'.repeat(120)).join('\n')
  const buyer = { ...invoice.buyer, name: 'W'.repeat(200), address, taxId: 'W'.repeat(40) }
  const { text, totalPages } = await read(await renderPdf({ ...creditNote, buyer, line }))
  expect(totalPages).toBe(1)
  expect(text.match(/W/g)).toHaveLength(200 + 6 * 120 + 40)
  expect(text).toContain('remains unchanged')
})
