import type { OperationId } from '@droplock/contracts/console/operations'
import type { Ask } from './app.ts'

/** What finance asks of the books. */
export function booksRequests() {
  const month = new Date().toISOString().slice(0, 7)
  return {
    listMonths: { path: '/api/months' },
    getMonth: { path: `/api/months/${month}` },
    proposeMonthClose: {
      method: 'POST',
      path: '/api/proposals/month-closes',
      body: { month, hash: '0'.repeat(64), explained: [], note: 'complete' },
    },
  } satisfies Partial<Record<OperationId, Ask>>
}
