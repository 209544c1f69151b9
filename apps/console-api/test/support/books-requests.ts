import type { OperationId } from '@droplock/contracts/console/operations'
import type { Ask } from './app.ts'

/** What finance asks of the books. */
export function booksRequests(accountId: string) {
  const month = new Date().toISOString().slice(0, 7)
  const period = `from=${month}-01T00:00:00Z&to=${month}-28T00:00:00Z`
  return {
    listMonths: { path: '/api/months' },
    getMonth: { path: `/api/months/${month}` },
    listLedger: { path: '/api/ledger?ledger_account=escrow&currency=USD' },
    listRevenue: { path: `/api/revenue-report?${period}` },
    getRevenueSummary: { path: `/api/revenue-summary?${period}` },
    listRefundSums: { path: `/api/refund-report?${period}` },
    getRefundSummary: { path: `/api/refund-summary?${period}` },
    listReceivables: { path: '/api/receivables' },
    listRefundAges: { path: '/api/refund-ages' },
    getAgeing: { path: '/api/ageing' },
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
