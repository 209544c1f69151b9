import type { InvoiceDocument } from '@droplock/rules/invoices'
import { htmlPolicy, renderHtml } from './render-html.ts'

/** A rendered document with the headers it is served with: whoever opens it, it runs and fetches nothing. */
type InvoiceFile<Body> = {
  readonly body: Body
  readonly headers: Record<string, string>
}

/** As a page, to be read in the browser and printed. */
export async function htmlFile(document: InvoiceDocument): Promise<InvoiceFile<string>> {
  const headers = headersOf('text/html; charset=utf-8', `inline; filename="${document.number}.html"`)
  return { body: await renderHtml(document), headers: { ...headers, 'Content-Security-Policy': htmlPolicy } }
}

type DrawPdf = (document: InvoiceDocument) => Promise<Uint8Array<ArrayBuffer>>

/** As PDF, to be kept. Drawn by `draw`: a server that must not stall has a pool for it. */
export async function pdfFile(
  document: InvoiceDocument,
  draw: DrawPdf,
): Promise<InvoiceFile<Uint8Array<ArrayBuffer>>> {
  const headers = headersOf('application/pdf', `attachment; filename="${document.number}.pdf"`)
  return { body: await draw(document), headers }
}

function headersOf(type: string, disposition: string): Record<string, string> {
  return {
    'Content-Type': type,
    'Content-Disposition': disposition,
    'Content-Security-Policy': "default-src 'none'; sandbox",
    'X-Content-Type-Options': 'nosniff',
  }
}
