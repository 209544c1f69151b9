import { exportInvoices, exportLedger, exportRefunds } from '@droplock/contracts/console/exports'
import { exportInvoices as writeInvoices } from '@droplock/core/exports/export-invoices'
import { exportLedger as writeLedger } from '@droplock/core/exports/export-ledger'
import { exportRefunds as writeRefunds } from '@droplock/core/exports/export-refunds'
import type { ExportPeriod } from '@droplock/core/exports/require-period'
import type { Context } from 'hono'
import type { ConsoleApi, Environment } from '../console-api.ts'
import { streamText } from '../http/stream-text.ts'

export function routeExports(app: ConsoleApi): void {
  app.openapi(exportLedger, async (c) => {
    const period = c.req.valid('query')
    return csv(c, 'ledger', period, await streamText(writeLedger(c.var.ctx, period)))
  })

  app.openapi(exportRefunds, async (c) => {
    const period = c.req.valid('query')
    return csv(c, 'refunds', period, await streamText(writeRefunds(c.var.ctx, period)))
  })

  app.openapi(exportInvoices, async (c) => {
    const period = c.req.valid('query')
    return csv(c, 'invoices', period, await streamText(writeInvoices(c.var.ctx, period)))
  })
}

/** The period stands in the file's name, by its days. */
function csv(
  c: Context<Environment>,
  name: string,
  { from, to }: ExportPeriod,
  body: ReadableStream<Uint8Array>,
): Response {
  const days = [from, to].map((at) => at.toISOString().slice(0, 10)).join('_')
  c.header('Content-Type', 'text/csv; charset=utf-8')
  c.header('Content-Disposition', `attachment; filename="droplock_${name}_${days}.csv"`)
  return c.body(body)
}
