import type { OperationId } from '@droplock/contracts/console/operations'
import { reconcile } from '@droplock/core/reconciliation/reconcile'
import { proposeRefund } from '@droplock/core/refunds/propose'
import { previewOverride } from '@droplock/core/schedule/preview-override'
import { givenDecided } from '../../../../packages/core/test/support/held.ts'
import {
  givenListings,
  givenStaff,
  REGISTRY,
  REGISTRY_ACCOUNT,
  stage,
} from '../../../../packages/core/test/support/world.ts'
import { wire } from '../../src/present/wire.ts'
import type { Ask } from './app.ts'
import type { World } from './world.ts'

/** A world in which every operation has something to work on, and a well-formed request for each. */
export async function givenRequests({ ctx }: World): Promise<Record<OperationId, Ask>> {
  const { backorderId } = await givenDecided(ctx, 'registered')
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
  const refund = { backorder_id: backorderId, amount_minor: 100 }
  const proposed = await givenProposal(ctx, backorderId)
  const override = `/api/listings/${listing.id}/override`
  const reason = 'the registry said so'
  const wired = wire(basis)
  const item = await givenReconciliationItem(ctx)
  const period = new URLSearchParams({ from: '2026-01-01T00:00:00Z', to: inHours(1) })
  return {
    signIn: post('/api/session', { email: 'nobody@example.test', password: 'whatever' }),
    getSession: { path: '/api/session' },
    signOut: { method: 'DELETE', path: '/api/session' },
    getToday: { path: '/api/today' },
    listRegistries: { path: '/api/registries' },
    proveInvariants: { path: '/api/invariants' },
    listSyncRuns: { path: '/api/sync-runs' },
    uploadSyncRun: {
      method: 'POST',
      path: `/api/sync-runs?registry_id=${REGISTRY}&file_name=a.txt&format=pl-text&drop_date=${dateIn(3)}`,
      file: 'uploaded.test\n',
    },
    getSyncRun: { path: `/api/sync-runs/${run.id}` },
    listSyncRunChanges: { path: `/api/sync-runs/${run.id}/changes` },
    listSyncRunRejects: { path: `/api/sync-runs/${run.id}/rejects` },
    publishSyncRun: post(`/api/sync-runs/${run.id}/publish`, { reason }),
    discardSyncRun: post(`/api/sync-runs/${run.id}/discard`, { reason }),
    listListings: { path: '/api/listings' },
    getListing: { path: `/api/listings/${listing.id}` },
    previewOverride: post(`${override}/preview`, window),
    applyOverride: post(override, { ...window, reason, basis: wired }),
    previewUndo: post(`${override}/undo/preview`),
    undoOverride: post(`${override}/undo`, { reason, basis: wired }),
    listBackorders: { path: '/api/backorders' },
    getBackorder: { path: `/api/backorders/${backorderId}` },
    listRefunds: { path: '/api/refunds' },
    proposeRefund: post('/api/refunds', { ...refund, reason_code: 'goodwill', note: 'sorry' }),
    getRefund: { path: `/api/refunds/${proposed}` },
    approveRefund: post(`/api/refunds/${proposed}/approve`, { terms_hash: '0'.repeat(64) }),
    rejectRefund: post(`/api/refunds/${proposed}/reject`, { note: 'no' }),
    listReconciliationItems: { path: '/api/reconciliation/items' },
    getReconciliationItem: { path: `/api/reconciliation/items/${item}` },
    closeReconciliationItem: post(`/api/reconciliation/items/${item}/close`, { note: 'looked into' }),
    listReconciliationRuns: { path: '/api/reconciliation/runs' },
    exportLedger: { path: `/api/exports/ledger.csv?${period}` },
    exportRefunds: { path: `/api/exports/refunds.csv?${period}` },
    listAudit: { path: '/api/audit' },
  }
}

function post(path: string, body?: unknown): Ask {
  return { method: 'POST', path, ...(body !== undefined && { body }) }
}

async function givenProposal(ctx: World['ctx'], backorderId: string): Promise<string> {
  const finance = await givenStaff(ctx, 'finance')
  return proposeRefund(finance, { backorderId, amountMinor: 50n, reasonCode: 'goodwill', note: 'sorry' })
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
