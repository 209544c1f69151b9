import type { OperationId } from '@droplock/contracts/console/operations'
import { raiseAlarms } from '@droplock/core/alarms/raise'
import { proposeReversal } from '@droplock/core/bank-transfers/propose-reversal'
import { recordBankTransfer } from '@droplock/core/bank-transfers/record'
import { putBillingProfile } from '@droplock/core/billing/profile'
import { setSeller } from '@droplock/core/billing/seller'
import { blockNames } from '@droplock/core/blocked-names/block'
import { listBlockedNames } from '@droplock/core/blocked-names/read'
import type { AccountContext, StaffContext } from '@droplock/core/context'
import { inTransaction } from '@droplock/core/database/transaction'
import { openFinanceTask } from '@droplock/core/finance-tasks'
import { requestInvoice } from '@droplock/core/invoices/issue'
import { addReceiver } from '@droplock/core/receivers/administer'
import { testReceiver } from '@droplock/core/receivers/test-receiver'
import { reconcile } from '@droplock/core/reconciliation/reconcile'
import { proposeRefund } from '@droplock/core/refunds/propose'
import { previewOverride } from '@droplock/core/schedule/preview'
import { previewChange } from '@droplock/core/schedule-changes/preview'
import { wire } from '@droplock/http/wire'
import { givenDecided } from '../../../../packages/core/test/support/held.ts'
import { BUYER, SELLER } from '../../../../packages/core/test/support/invoices.ts'
import { paymentOf } from '../../../../packages/core/test/support/payment-of.ts'
import {
  givenListings,
  givenStaff,
  REGISTRY,
  REGISTRY_ACCOUNT,
  stage,
} from '../../../../packages/core/test/support/world.ts'
import { accessRequests } from './access-requests.ts'
import type { Ask } from './app.ts'
import { booksRequests } from './books-requests.ts'
import { disputeRequests, payoutRequests } from './dispute-requests.ts'
import { exportRequests } from './export-requests.ts'
import { refundBatchRequests } from './refund-batch-requests.ts'
import { registryRequests } from './registry-requests.ts'
import { resellerRequests } from './reseller-requests.ts'
import { sourceRequests } from './source-requests.ts'
import { staffRequests } from './staff-requests.ts'
import type { World } from './world.ts'

/** A world in which every operation has something to work on, and a well-formed request for each. */
export async function givenRequests({ ctx }: World): Promise<Record<OperationId, Ask>> {
  const { backorderId, buyer } = await givenDecided(ctx, 'registered')
  await givenListings(ctx, { names: ['free.test'] })
  const run = await stage(ctx, { names: ['another.test'] })
  const listing = await ctx.db
    .selectFrom('listing')
    .select('id')
    .where('name', '=', 'free.test')
    .executeTakeFirstOrThrow()
  const operator = await givenStaff(ctx, 'operator')
  const window = { drop_from: inHours(5), drop_to: inHours(6) }
  const { basis } = await previewOverride(operator, {
    listingId: listing.id,
    window: { dropFrom: new Date(window.drop_from), dropTo: new Date(window.drop_to) },
  })
  const paymentId = await paymentOf(ctx, backorderId)
  const refund = { payment_id: paymentId, amount_minor: 100 }
  const proposed = await givenProposal(ctx, paymentId)
  const override = `/api/listings/${listing.id}/override`
  const reason = 'the registry said so'
  const wired = wire(basis)
  const item = await givenReconciliationItem(ctx)
  return {
    signIn: post('/api/session', { email: 'nobody@example.test', password: 'whatever' }),
    getSession: { path: '/api/session' },
    ...accessRequests(),
    ...(await staffRequests(ctx, reason)),
    signOut: { method: 'DELETE', path: '/api/session' },
    forgetDevices: { method: 'DELETE', path: '/api/session/devices' },
    getToday: { path: '/api/today' },
    listRegistries: { path: '/api/registries' },
    quickSearch: { path: '/api/search?q=free' },
    proveInvariants: { path: '/api/invariants' },
    ...(await registryRequests(operator, reason)),
    ...(await alarmRequests(operator)),
    ...syncRunRequests(run.id, reason),
    ...(await sourceRequests(operator)),
    listListings: { path: '/api/listings' },
    getListing: { path: `/api/listings/${listing.id}` },
    previewOverride: post(`${override}/preview`, window),
    applyOverride: post(override, { ...window, reason, basis: wired }),
    previewUndo: post(`${override}/undo/preview`),
    undoOverride: post(`${override}/undo`, { reason, basis: wired }),
    ...(await scheduleChangeRequests(operator)),
    ...(await withdrawalRequests(operator, listing.id)),
    ...priceRequests(listing.id),
    listBackorders: { path: '/api/backorders' },
    getBackorder: { path: `/api/backorders/${backorderId}` },
    listBackorderAttempts: { path: `/api/backorders/${backorderId}/attempts` },
    listRefunds: { path: '/api/refunds' },
    proposeRefund: post('/api/refunds', { ...refund, reason_code: 'goodwill', note: 'sorry' }),
    getRefund: { path: `/api/refunds/${proposed}` },
    approveRefund: post(`/api/refunds/${proposed}/approve`, { terms_hash: '0'.repeat(64) }),
    rejectRefund: post(`/api/refunds/${proposed}/reject`, { note: 'no' }),
    ...refundBatchRequests(proposed),
    ...(await moneyRequests(ctx, buyer.actor.accountId, { paymentId, refundId: proposed })),
    ...(await invoiceRequests(ctx, buyer, backorderId)),
    listReconciliationItems: { path: '/api/reconciliation/items' },
    getReconciliationItem: { path: `/api/reconciliation/items/${item}` },
    closeReconciliationItem: post(`/api/reconciliation/items/${item}/close`, { note: 'looked into' }),
    listReconciliationRuns: { path: '/api/reconciliation/runs' },
    ...booksRequests(buyer.actor.accountId),
    ...exportRequests(inHours(1)),
    listAudit: { path: '/api/audit' },
    checkAuditChain: { path: '/api/audit/chain' },
  }
}

async function scheduleChangeRequests(operator: StaffContext) {
  const action = { kind: 'shift', seconds: 3_600 } as const
  const { id } = await previewChange(operator, { action, filter: { names: ['free.test'] } })
  const change = `/api/schedule-changes/${id}`
  const reason = 'the registry is late'
  return {
    previewScheduleChange: post('/api/schedule-changes', { action, filter: { zone: 'test' } }),
    listScheduleChanges: { path: '/api/schedule-changes' },
    getScheduleChange: { path: change },
    listScheduleChangeListings: { path: `${change}/listings` },
    applyScheduleChange: post(`${change}/apply`, { reason }),
    stopScheduleChange: post(`${change}/stop`, { reason }),
    previewScheduleChangeUndo: { path: `${change}/undo` },
    undoScheduleChange: post(`${change}/undo`, { reason }),
    listDrift: { path: '/api/drift?zone=test&from=2026-11-01' },
    listStatistics: { path: '/api/statistics?zone=test&from=2026-11-01' },
    listObservedDrops: { path: '/api/drift/test/2026-11-28/drops' },
    getScheduleCalendar: { path: '/api/calendar?from=2026-02-01&to=2026-02-28' },
    listZonePolicies: { path: '/api/zone-policies' },
    getZonePolicy: { path: '/api/zones/test/policy' },
    previewZonePolicy: post('/api/zones/test/policy/preview', { late_seconds: 120 }),
    changeZonePolicy: post('/api/zones/test/policy', { grace_probe_seconds: 900, version: 1, reason }),
  } satisfies Partial<Record<OperationId, Ask>>
}

function syncRunRequests(id: string, reason: string) {
  return {
    listSyncRuns: { path: '/api/sync-runs' },
    uploadSyncRun: {
      method: 'POST',
      path: `/api/sync-runs?registry_id=${REGISTRY}&file_name=a.txt&format=pl-text&drop_date=${dateIn(3)}`,
      file: 'uploaded.test\n',
    },
    getSyncRun: { path: `/api/sync-runs/${id}` },
    listSyncRunChanges: { path: `/api/sync-runs/${id}/changes` },
    listSyncRunRejects: { path: `/api/sync-runs/${id}/rejects` },
    publishSyncRun: post(`/api/sync-runs/${id}/publish`, { reason }),
    discardSyncRun: post(`/api/sync-runs/${id}/discard`, { reason }),
  } satisfies Partial<Record<OperationId, Ask>>
}

async function alarmRequests(operator: StaffContext) {
  const terms = { alarmKinds: null, onClose: true, secretName: null }
  const id = await addReceiver(operator, { ...terms, kind: 'mail', address: 'anna@example.com' })
  return {
    listAlarms: { path: '/api/alarms' },
    closeAlarm: post(`/api/alarms/${await givenAlarm(operator)}/close`, { note: 'filled the deposit' }),
    listReceivers: { path: '/api/receivers' },
    addReceiver: post('/api/receivers', { kind: 'mail', address: 'ben@example.com', on_close: true }),
    getReceiver: { path: `/api/receivers/${id}` },
    changeReceiver: post(`/api/receivers/${id}`, { on_close: false, version: 1, reason: 'Nights only' }),
    resendToReceiver: post(`/api/receivers/${id}/resend`, { reason: 'It works again' }),
    testReceiver: post(`/api/receivers/${id}/test`),
    getReceiverTest: { path: `/api/receiver-tests/${await testReceiver(operator, id)}` },
    disableReceiver: post(`/api/receivers/${id}/disable`, { reason: 'It is gone' }),
  } satisfies Partial<Record<OperationId, Ask>>
}

function priceRequests(listingId: string) {
  const reason = 'the prices of December'
  const prices = { title: 'December', text: 'kind,match,currency,amount\nlength,1-3,USD,250.00', reason }
  const words = { name: 'banks', text: 'kind,word,reason\nlabel,bank,the law', reason }
  return {
    listPriceLists: { path: '/api/price-lists' },
    uploadPriceList: post('/api/price-lists', prices),
    listPrices: { path: '/api/prices' },
    listFeeAnswers: { path: `/api/listings/${listingId}/fee-answers` },
    explainPrice: { path: `/api/listings/${listingId}/price-rules` },
    listReservedWords: { path: '/api/reserved-words' },
    uploadReservedWords: post('/api/reserved-words', words),
  } satisfies Partial<Record<OperationId, Ask>>
}

async function withdrawalRequests(operator: StaffContext, listingId: string) {
  const reason = 'a court order'
  const names = ['blocked.test']
  await blockNames(operator, { names, reason, untilAt: null, dryRun: false })
  const { items } = await listBlockedNames(operator, { offset: 0, limit: 1 })
  return {
    listWithdrawals: { path: '/api/withdrawals' },
    listConfirmationAnswers: { path: `/api/listings/${listingId}/confirmation-answers` },
    withdrawListing: post(`/api/listings/${listingId}/withdraw`, { reason }),
    listBlockedNames: { path: '/api/blocked-names' },
    blockNames: post('/api/blocked-names', { names: ['another-blocked.test'], reason }),
    unblockName: post(`/api/blocked-names/${items[0]?.id}/unblock`, { reason }),
  } satisfies Partial<Record<OperationId, Ask>>
}

/** What is asked of the seller, and of the one invoice there is. */
async function invoiceRequests(ctx: World['ctx'], buyer: AccountContext, backorderId: string) {
  await putBillingProfile(buyer, BUYER)
  await setSeller(ctx, { ...SELLER, mode: 'test' })
  const { id: invoice } = (await requestInvoice(buyer, { backorderId })).invoice
  const reason = 'asked for by telephone'
  return {
    listInvoices: { path: '/api/invoices' },
    issueInvoice: post('/api/invoices', { backorder_id: backorderId, reason }),
    getInvoice: { path: `/api/invoices/${invoice}` },
    getInvoiceHtml: { path: `/api/invoices/${invoice}/html` },
    getInvoicePdf: { path: `/api/invoices/${invoice}/pdf` },
    getSeller: { path: '/api/seller' },
    changeSeller: post('/api/seller', { ...sellerTerms, reason }),
  } satisfies Partial<Record<OperationId, Ask>>
}

/** What finance asks, of this account and its one order. */
async function moneyRequests(
  ctx: World['ctx'],
  accountId: string,
  { paymentId, refundId }: { readonly paymentId: string; readonly refundId: string },
) {
  const task = await givenTask(ctx, paymentId)
  const reversal = `/api/bank-transfers/${await givenReversal(ctx, accountId)}/reversal`
  const account = `/api/accounts/${accountId}`
  const manual = { payment_id: paymentId, amount_minor: 1, reason_code: 'goodwill', note: 'sorry' }
  const transfer = { account_id: accountId, amount_minor: 500, currency: 'USD', note: 'on the statement' }
  const reason = 'agreed with the customer'
  return {
    completeRefund: post('/api/refunds/complete', manual),
    retryRefund: post(`/api/refunds/${refundId}/retry`, { note: 'again' }),
    listRefundLimits: { path: '/api/refund-limits' },
    setRefundLimit: post('/api/refund-limits', { currency: 'EUR', alone_minor: 100, reason }),
    ...(await proposalRequests(ctx, accountId)),
    listFinanceTasks: { path: '/api/finance-tasks' },
    getFinanceTask: { path: `/api/finance-tasks/${task}` },
    closeFinanceTask: post(`/api/finance-tasks/${task}/close`, { note: 'looked at' }),
    ...(await disputeRequests(ctx, paymentId)),
    ...(await payoutRequests(ctx)),
    listPayments: { path: '/api/payments' },
    getPayment: { path: `/api/payments/${paymentId}` },
    listAccounts: { path: '/api/accounts' },
    getAccount: { path: account },
    getAccountStatement: { path: `${account}/statement?from=${inHours(-1)}&to=${inHours(1)}` },
    listAccountTransactions: { path: `${account}/transactions` },
    setCreditLimit: post(`${account}/credit-limit`, { limit_minor: 100, version: 1, reason }),
    setHoldLimits: post(`${account}/hold-limits`, { before_paid: 3, after_paid: 20, version: 1, reason }),
    ...(await resellerRequests(ctx, accountId)),
    listBankTransfers: { path: '/api/bank-transfers' },
    recordBankTransfer: post('/api/bank-transfers', { ...transfer, bank_reference: 'RE 4711' }),
    proposeReversal: post(reversal, { reason }),
    approveReversal: post(`${reversal}/approve`, {}),
    rejectReversal: post(`${reversal}/reject`, { note: 'no' }),
  } satisfies Partial<Record<OperationId, Ask>>
}

/** One of a target that is decided by now, so that approving it moves nothing. */
async function givenTargetProposal(ctx: World['ctx'], targetId: string): Promise<string> {
  const { actor } = await givenStaff(ctx, 'operator')
  const id = ctx.newId()
  await ctx.db
    .insertInto('proposal')
    .values({
      id,
      kind: 'target_outcome',
      subject: targetId,
      terms: { outcome: 'lost' },
      reason: 'nothing decided it',
      state: 'proposed',
      proposed_by: actor.staffId,
      proposed_at: new Date(),
      expires_at: inHours(24),
    })
    .execute()
  return id
}

/** A proposal that another person may decide. */
async function proposalRequests(ctx: World['ctx'], accountId: string) {
  const { id: targetId, listing_id: listingId } = await ctx.db
    .selectFrom('catch_target')
    .select(['id', 'listing_id'])
    .executeTakeFirstOrThrow()
  const id = await givenTargetProposal(ctx, targetId)
  const transfer = { account_id: accountId, amount_minor: 500, currency: 'USD', note: 'on the statement' }
  return {
    getTargetEvidence: { path: `/api/targets/${targetId}/evidence` },
    listProposals: { path: '/api/proposals' },
    proposeTargetOutcome: post('/api/proposals/target-outcomes', {
      target_id: targetId,
      outcome: 'lost',
      evidence: 'RDAP names another registrar',
      reason: 'nothing decides it',
    }),
    proposeBankTransfer: post('/api/proposals/bank-transfers', { ...transfer, bank_reference: 'RE 4712' }),
    proposeCreditLimit: post('/api/proposals/credit-limits', {
      account_id: accountId,
      limit_minor: 100,
      reason: 'a known customer',
    }),
    proposeWithdrawal: post('/api/proposals/withdrawals', {
      listing_id: listingId,
      block: true,
      evidence: 'Case 12/26',
      reason: 'a court order',
    }),
    proposeRegistryStop: post('/api/proposals/registry-stops', { registry_id: REGISTRY, reason: 'a fault' }),
    approveProposal: post(`/api/proposals/${id}/approve`, {}),
    rejectProposal: post(`/api/proposals/${id}/reject`, { note: 'no' }),
  } satisfies Partial<Record<OperationId, Ask>>
}

async function givenTask(ctx: World['ctx'], subjectId: string): Promise<string> {
  const task = { kind: 'payment_unexpected', subjectId, detail: 'the provider says 5' } as const
  await inTransaction(ctx.db, (tx) => openFinanceTask(tx, ctx, task))
  const { id } = await ctx.db.selectFrom('finance_task').select('id').executeTakeFirstOrThrow()
  return id
}

/** A credited transfer whose reversal waits for another person. */
async function givenReversal(ctx: World['ctx'], accountId: string): Promise<string> {
  const finance = await givenStaff(ctx, 'finance')
  const transfer = {
    accountId,
    amountMinor: 700n,
    currency: 'USD',
    bankReference: 'RE 1',
    note: 'a transfer',
  }
  const bankTransferId = await recordBankTransfer(finance, transfer)
  await proposeReversal(finance, { bankTransferId, reason: 'the wrong customer' })
  return bankTransferId
}

export const sellerTerms = {
  legal_name: 'Droplock Ltd',
  address: ['1 Some Street', 'Some Town'],
  country: 'IE',
  tax_id: 'IE1234567X',
  tax_basis_points: 2_300,
}

function post(path: string, body?: unknown): Ask {
  return { method: 'POST', path, ...(body !== undefined && { body }) }
}

async function givenProposal(ctx: World['ctx'], paymentId: string): Promise<string> {
  const finance = await givenStaff(ctx, 'finance')
  return proposeRefund(finance, { paymentId, amountMinor: 50n, reasonCode: 'goodwill', note: 'sorry' })
}

/** An open alarm. */
export async function givenAlarm(ctx: World['ctx'], subject: string = ctx.newId()): Promise<string> {
  await raiseAlarms(ctx, [{ kind: 'deposit_empty', subject, facts: { code: 2104 } }])
  const { id } = await ctx.db
    .selectFrom('alarm')
    .select('id')
    .where('subject', '=', subject)
    .where('closed_at', 'is', null)
    .executeTakeFirstOrThrow()
  return id
}

/** Something that does not agree. */
export async function givenReconciliationItem(ctx: World['ctx']): Promise<string> {
  const unreadable = { kind: 'unreadable', line: 2, reason: 'a test', text: ctx.newId() } as const
  const report = {
    registryAccountId: REGISTRY_ACCOUNT,
    read: async function* () {
      yield unreadable
    },
  }
  const terms = { closedAfterMs: 0, lookBackMs: 1, settlingMs: 0, runMsMax: 60_000 }
  await reconcile(ctx, { cause: { kind: 'command' }, reports: [report], terms })
  const { id } = await ctx.db
    .selectFrom('reconciliation_item')
    .select('id')
    .where('subject', '=', unreadable.text)
    .executeTakeFirstOrThrow()
  return id
}

export function inHours(hours: number): string {
  return new Date(Date.now() + hours * 3_600_000).toISOString()
}

/** The date so many days ahead, UTC. */
export function dateIn(days: number): string {
  return inHours(24 * days).slice(0, 10)
}
