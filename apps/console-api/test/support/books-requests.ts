import type { OperationId } from '@droplock/contracts/console/operations'
import type { Ask } from './app.ts'

/** What finance asks of the books. */
export function booksRequests(accountId: string) {
  const month = new Date().toISOString().slice(0, 7)
  return {
    listMonths: { path: '/api/months' },
    getMonth: { path: `/api/months/${month}` },
    listLedger: { path: '/api/ledger?ledger_account=escrow&currency=USD' },
    listGoodwill: { path: '/api/goodwill-credits' },
    getReconciliationRequest: { path: '/api/reconciliation/request' },
    requestReconciliation: {
      method: 'POST',
      path: '/api/reconciliation/request',
      body: { reason: 'the registry corrected its report' },
    },
    proposeGoodwill: {
      method: 'POST',
      path: '/api/proposals/goodwill-credits',
      body: { account_id: accountId, amount_minor: 500, currency: 'USD', reason: 'a lost day' },
    },
    proposeMonthClose: {
      method: 'POST',
      path: '/api/proposals/month-closes',
      body: { month, hash: '0'.repeat(64), explained: [], note: 'complete' },
    },
  } satisfies Partial<Record<OperationId, Ask>>
}
