import { createHash } from 'node:crypto'
import type { InvoiceDocument } from '@droplock/rules/invoices'
import { expect, test } from 'vitest'
import { htmlPolicy, renderHtml } from '../src/render-html.ts'
import { creditNote, invoice } from './documents.ts'

test('the page has the facts of the document', async () => {
  const text = (await renderHtml(invoice)).replaceAll('\u00a0', ' ')
  for (const part of [
    'INV-2026-000017',
    'A Buyer GmbH',
    'Registration of münchen.example for 1 year',
    'xn--mnchen-3ya.example',
    '15 February 2026 to 15 February 2027',
    'EUR 1,234,567.89',
  ]) {
    expect(text).toContain(part)
  }
})

test('a test credit note is marked as such, and has Chinese text', async () => {
  const text = await renderHtml(creditNote)
  for (const part of ['class="warning">TEST', 'TEST-INV-2026-000017', '北京示例科技有限公司（镕囍喆）']) {
    expect(text).toContain(part)
  }
})

const tags = (text: string) => text.match(/<[a-z!/][^>]*>/gi)

/** A document with this text in every free-text field. */
function withText(text: string): InvoiceDocument {
  const party = { name: text, address: text, country: 'DE', taxId: text, email: text }
  return {
    ...creditNote,
    number: text,
    creditsNumber: text,
    taxNote: text,
    seller: party,
    buyer: party,
    line: { ...creditNote.line, nameUnicode: text },
  }
}

test.each([
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  '</title></style><svg/onload=alert(1)>',
  "' onmouseover='alert(1)",
  '{{constructor}} &lt;b&gt;',
])('markup in a name is text: %s', async (evil) => {
  const page = await renderHtml(withText(evil))
  expect(tags(page)).toEqual(tags(await renderHtml(withText('plain'))))
  expect(page).not.toContain(evil)
})

test('the policy allows the stylesheet that is in the page, and nothing else', async () => {
  const style = /<style>(?<css>[\s\S]*?)<\/style>/.exec(await renderHtml(invoice))?.groups?.['css'] ?? ''
  const hash = createHash('sha256').update(style).digest('base64')
  expect(htmlPolicy).toContain(`default-src 'none'; style-src 'sha256-${hash}'`)
  expect(htmlPolicy).not.toContain('unsafe')
  expect(await renderHtml(invoice)).not.toMatch(/ style=|src=|href=|url\(|<script/)
})

test('the same document gives the same octets', async () => {
  expect(await renderHtml(creditNote)).toBe(await renderHtml({ ...creditNote }))
})
