import { afterEach, expect, test } from 'vitest'
import { openPdfPool, type PdfPool } from '../src/open-pdf-pool.ts'
import { renderPdf } from '../src/render-pdf.ts'
import { creditNote, invoice } from './documents.ts'

let pool: PdfPool | undefined
afterEach(async () => {
  await pool?.close()
  pool = undefined
})

function onError(error: unknown): void {
  throw error
}

function open(documentsAtOnceMax?: number): PdfPool {
  pool = openPdfPool({ onError, ...(documentsAtOnceMax !== undefined && { documentsAtOnceMax }) })
  return pool
}

test.each([
  ['an invoice', invoice],
  ['a credit note with Chinese letters', creditNote],
])('%s has the same octets from another thread', async (_, document) => {
  const drawn = await open().draw(document)
  expect((await renderPdf(document)).equals(drawn)).toBe(true)
})

test('the documents at once are bounded: more are unavailable, until one is drawn', async () => {
  const { draw } = open(3)
  const results = await Promise.allSettled(Array.from({ length: 5 }, () => draw(invoice)))
  expect(results.map(({ status }) => status)).toEqual([
    ...Array.from({ length: 3 }, () => 'fulfilled'),
    ...Array.from({ length: 2 }, () => 'rejected'),
  ])
  for (const result of results) {
    if (result.status === 'rejected') expect(result.reason).toMatchObject({ code: 'unavailable' })
  }
  await expect(draw(invoice)).resolves.toBeInstanceOf(Uint8Array)
})

test('a page that cannot be drawn fails, and the next one is drawn', async () => {
  const { draw } = open()
  await expect(draw({ ...invoice, currency: 'no currency' })).rejects.toThrow(RangeError)
  await expect(draw(invoice)).resolves.toBeInstanceOf(Uint8Array)
})

test('closing ends what is being drawn', async () => {
  const { draw, close } = open()
  const drawing = draw(invoice)
  const failed = expect(drawing).rejects.toThrow()
  await close()
  await failed
})
