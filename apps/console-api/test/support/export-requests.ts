import type { OperationId } from '@droplock/contracts/console/operations'
import type { Ask } from './app.ts'

/** The exports of a period that ends at `to`. */
export function exportRequests(to: string) {
  const period = new URLSearchParams({ from: '2026-01-01T00:00:00Z', to })
  return {
    exportLedger: { path: `/api/exports/ledger.csv?${period}` },
    exportRefunds: { path: `/api/exports/refunds.csv?${period}` },
    exportInvoices: { path: `/api/exports/invoices.csv?${period}` },
  } satisfies Partial<Record<OperationId, Ask>>
}
