import { fileURLToPath } from 'node:url'
import type { InvoiceDocument } from '@droplock/rules/invoices'
import { Refusal } from '@droplock/rules/refusals'
import { Piscina } from 'piscina'

/** Two, so that one long page does not hold up all others; the cores are for orders. */
const THREADS_MAX = 2

/** What is asked for at once, drawn or waiting: with half a second each, the last is done well before its request times out. */
const DOCUMENTS_AT_ONCE_MAX = 32

/** A page takes half a second at most; one that takes so much longer is stuck, and its thread is replaced. */
const DRAW_MS_MAX = 20_000

/** Kept a while, for whoever fetches one invoice fetches the next; then its fonts are let go of. */
const IDLE_MS_MAX = 60_000

export type PdfPool = {
  /** As `renderPdf`, in another thread. Throws Refusal('unavailable') when too much is asked for, or a page is stuck. */
  draw(document: InvoiceDocument): Promise<Uint8Array<ArrayBuffer>>
  /** Ends the threads, and what they are at. */
  close(): Promise<void>
}

type PdfPoolOptions = {
  /** A thread died while it had nothing to do. */
  readonly onError: (error: unknown) => void
  readonly documentsAtOnceMax?: number
}

/**
 * Threads that draw PDFs: 40 to 500 ms of CPU each would keep a server from answering anybody else. None runs before the first is
 * asked for.
 */
export function openPdfPool({
  onError,
  documentsAtOnceMax = DOCUMENTS_AT_ONCE_MAX,
}: PdfPoolOptions): PdfPool {
  const pool = new Piscina<InvoiceDocument, Uint8Array<ArrayBuffer>>({
    filename: fileURLToPath(new URL('./render-pdf.ts', import.meta.url)),
    name: 'renderPdf',
    minThreads: 0,
    maxThreads: THREADS_MAX,
    maxQueue: documentsAtOnceMax,
    idleTimeout: IDLE_MS_MAX,
  })
  pool.on('error', onError)
  let documents = 0
  return {
    draw: async (document) => {
      if (documents >= documentsAtOnceMax) {
        throw new Refusal('unavailable', 'Too many documents are being drawn; try again in a moment.')
      }
      documents += 1
      const signal = AbortSignal.timeout(DRAW_MS_MAX)
      try {
        return await pool.run(document, { signal })
      } catch (error) {
        if (!signal.aborted) throw error
        throw stuck(error)
      } finally {
        documents -= 1
      }
    },
    close: () => pool.destroy(),
  }
}

function stuck(cause: unknown): Refusal {
  const refusal = new Refusal('unavailable', 'The document could not be drawn in time.')
  refusal.cause = cause
  return refusal
}
