import { exportInvoices, exportLedger, exportRefunds } from '@droplock/contracts/console/exports'
import type { StaffContext } from '@droplock/core/context'
import { exportInvoices as writeInvoices } from '@droplock/core/exports/export-invoices'
import { exportLedger as writeLedger } from '@droplock/core/exports/export-ledger'
import { exportRefunds as writeRefunds } from '@droplock/core/exports/export-refunds'
import type { ExportPeriod } from '@droplock/core/exports/write'
import { openTurns } from '@droplock/http/turns'
import { Refusal } from '@droplock/rules/refusals'
import type { Context } from 'hono'
import type { ConsoleApi, Dependencies, Environment } from '../console-api.ts'
import { streamText } from '../http/stream-text.ts'

/** Each holds some thousand rows in memory and keeps reading from the database. */
const EXPORTS_AT_ONCE_MAX = 4
/** Exports of one person, so that one who does not read them cannot block the others. */
const OF_ONE_PERSON_MAX = 2
/** A year of postings takes a minute or two. Milliseconds. */
const EXPORT_MS_MAX = 600_000

export function routeExports(app: ConsoleApi, { settings, reads }: Dependencies): void {
  const turns = openTurns(
    { atOnceMax: EXPORTS_AT_ONCE_MAX, waitingMax: 0, ofOneMax: OF_ONE_PERSON_MAX },
    tooMany,
  )

  /** Starts the file in a turn that ends with the file, whether it is read to its end or not. */
  async function begin(ctx: StaffContext, write: (apart: StaffContext) => AsyncGenerator<string>) {
    const endTurn = await turns.take(ctx.actor.staffId)
    const over = new AbortController()
    const onEnd = () => {
      over.abort()
      endTurn()
    }
    const untilMs = performance.now() + EXPORT_MS_MAX
    const apart = { ...ctx, db: reads?.within({ signal: over.signal, untilMs }) ?? ctx.db }
    try {
      return await streamText(write(apart), { msMax: EXPORT_MS_MAX, pieceMsMax: settings.writeMsMax, onEnd })
    } catch (error) {
      onEnd()
      throw error
    }
  }

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

function tooMany(): Refusal {
  return new Refusal(
    'export_limit_reached',
    'Other exports are still running. Try again when one has finished.',
  )
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
