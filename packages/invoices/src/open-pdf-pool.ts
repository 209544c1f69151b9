import { fileURLToPath } from 'node:url'
import type { InvoiceDocument } from '@droplock/rules/invoices'
import { Refusal } from '@droplock/rules/refusals'
import { Piscina } from 'piscina'

/** Two, so that one long page does not block the others. The other cores are for orders. */
const THREADS_MAX = 2

/** Documents drawn or waiting at once: at half a second each, the last is done well before its request times out. */
const DOCUMENTS_AT_ONCE_MAX = 32

/** A page takes at most half a second. One that takes this long is stuck: its thread is replaced. */
const DRAW_MS_MAX = 20_000

/** An idle thread is kept for the next invoice, then ended to free its fonts. */
const IDLE_MS_MAX = 60_000

export type PdfPool = {
  /** As `renderPdf`, in another thread. Throws Refusal('unavailable') when too many documents wait, or a page is stuck. */
  draw(document: InvoiceDocument): Promise<Uint8Array<ArrayBuffer>>
  /** Ends the threads and what they are drawing. */
  close(): Promise<void>
}

type PdfPoolOptions = {
  /** Called when an idle thread has died. */
  readonly onError: (error: unknown) => void
  readonly documentsAtOnceMax?: number
}

/**
 * Threads that draw PDFs: a PDF takes 40 to 500 ms of CPU and would block the server. The first thread starts with the first
 * request.
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
        throw new Refusal('unavailable', 'Too many documents are being created. Try again in a moment.')
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
  const refusal = new Refusal('unavailable', 'The document could not be created in time. Try again.')
  refusal.cause = cause
  return refusal
}
