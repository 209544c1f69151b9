import { exportInvoices, exportLedger, exportRefunds } from '@droplock/contracts/console/exports'
import { exportInvoices as writeInvoices } from '@droplock/core/exports/export-invoices'
import { exportLedger as writeLedger } from '@droplock/core/exports/export-ledger'
import { exportRefunds as writeRefunds } from '@droplock/core/exports/export-refunds'
import type { ExportPeriod } from '@droplock/core/exports/write'
import type { Context } from 'hono'
import type { ConsoleApi, Environment } from '../console-api.ts'
import type { Exports } from '../http/exports.ts'

export function routeExports(app: ConsoleApi, { begin }: Exports): void {
  app.openapi(exportLedger, async (c) => {
    const [{ ctx }, period] = [c.var, c.req.valid('query')]
    return csv(c, 'ledger', period, await begin(ctx, (apart) => writeLedger(apart, period)))
  })

  app.openapi(exportRefunds, async (c) => {
    const [{ ctx }, period] = [c.var, c.req.valid('query')]
    return csv(c, 'refunds', period, await begin(ctx, (apart) => writeRefunds(apart, period)))
  })

  app.openapi(exportInvoices, async (c) => {
    const [{ ctx }, period] = [c.var, c.req.valid('query')]
    return csv(c, 'invoices', period, await begin(ctx, (apart) => writeInvoices(apart, period)))
  })
}

/** The file name contains the first and the last day of the period. */
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
