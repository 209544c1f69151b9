import type { InvoiceDocument } from '@droplock/rules/invoices'
import { htmlPolicy, renderHtml } from './render-html.ts'

/** A rendered document with its response headers, which keep it from running or fetching anything. */
type InvoiceFile<Body> = {
  readonly body: Body
  readonly headers: Record<string, string>
}

/** A page to read in the browser and print. */
export async function htmlFile(document: InvoiceDocument): Promise<InvoiceFile<string>> {
  const headers = headersOf('text/html; charset=utf-8', `inline; filename="${document.number}.html"`)
  return { body: await renderHtml(document), headers: { ...headers, 'Content-Security-Policy': htmlPolicy } }
}

type DrawPdf = (document: InvoiceDocument) => Promise<Uint8Array<ArrayBuffer>>

/** A PDF to store. `draw` draws it: a server uses a pool, so that it is not blocked. */
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
