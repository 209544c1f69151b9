import { openPdfPool } from '@droplock/invoices/open-pdf-pool'
import { renderPdf } from '@droplock/invoices/render-pdf'
import { expect, test } from 'vitest'
import type { Dependencies } from '../src/gateway.ts'
import { servedFrom } from '../src/gateway.ts'
import { createTestApp } from './support/app.ts'
import { givenInvoice } from './support/invoices.ts'
import { expectProblem } from './support/refuses.ts'
import { useWorld } from './support/world.ts'

const world = useWorld()
const PDFS = 10
/** One after the other: each has to be answered before the next is sent. */
const OTHERS = 5

type DrawPdf = Dependencies['drawPdf']

const appWith = (drawPdf: DrawPdf) => createTestApp({ test: servedFrom(world.ctx) }, { drawPdf })

/** Asks for many PDFs at once and then for other things, one by one. In which order they are answered. */
async function orderOfAnswers(name: string, drawPdf: DrawPdf): Promise<readonly string[]> {
  const { key, path } = await givenInvoice(world, name)
  const { send } = appWith(drawPdf)
  const answered: string[] = []
  const note = async (what: string, response: Promise<Response>) => {
    expect((await response).status).toBe(200)
    answered.push(what)
  }
  const pdfs = Array.from({ length: PDFS }, () => note('pdf', send({ path: `${path}/pdf`, key })))
  for (let sent = 0; sent < OTHERS; sent += 1) await note('other', send({ path, key }))
  await Promise.all(pdfs)
  return answered
}

test(`while ${PDFS} PDFs are drawn, other requests are answered`, async () => {
  const pool = openPdfPool({ onError: () => undefined })
  try {
    const answered = await orderOfAnswers('threaded.test', pool.draw)
    expect(answered.at(-1)).toBe('pdf')
  } finally {
    await pool.close()
  }
})

test('drawn in the thread that answers, they would keep the others waiting', async () => {
  const answered = await orderOfAnswers(
    'blocking.test',
    async (invoice) => new Uint8Array(await renderPdf(invoice)),
  )
  // Not all of them: what one is drawn from may be read late.
  const drawnBefore = answered.slice(0, answered.lastIndexOf('other')).filter((what) => what === 'pdf')
  expect(drawnBefore.length).toBeGreaterThan(PDFS / 2)
})

test('a PDF for which there is no room is unavailable, to be asked for again', async () => {
  const pool = openPdfPool({ onError: () => undefined, documentsAtOnceMax: 0 })
  try {
    const { key, path } = await givenInvoice(world, 'crowded.test')
    const { send } = appWith(pool.draw)
    await expectProblem(await send({ path: `${path}/pdf`, key }), 'unavailable')
  } finally {
    await pool.close()
  }
})
