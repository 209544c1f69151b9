import { listFiles } from '@droplock/contracts/console/list-files'
import { operations } from '@droplock/contracts/console/operations'
import { JSON_BYTES_MAX, limitBody, requireJson, uncached } from '@droplock/http/limit-body'
import { refuseOtherMethods } from '@droplock/http/refuse'
import { EVIDENCE_BYTES_MAX } from '@droplock/rules/disputes/evidence'
import type { MiddlewareHandler } from 'hono'
import { timeout } from 'hono/timeout'
import type { ConsoleApi, Dependencies, Environment, Settings } from '../console-api.ts'
import { type Exports, openExports } from '../http/exports.ts'
import {
  authenticate,
  requireCsrfToken,
  requireList,
  requirePermission,
  requireSameSite,
} from '../http/guards.ts'
import { readApart, readReportApart } from '../http/read-apart.ts'
import { routeAccountLists } from './account-lists.ts'
import { routeAccounts } from './accounts.ts'
import { routeAlarms } from './alarms.ts'
import { routeAudit } from './audit.ts'
import { routeBackorders } from './backorders.ts'
import { routeBankTransfers } from './bank-transfers.ts'
import { routeCalendar } from './calendar.ts'
import { routeChanges } from './changes.ts'
import { routeConnectionTests } from './connection-tests.ts'
import { routeDisputes } from './disputes.ts'
import { routeDrift } from './drift.ts'
import { routeExports } from './exports.ts'
import { routeFinanceTasks } from './finance-tasks.ts'
import { routeInvoices } from './invoices.ts'
import { routeLedger } from './ledger.ts'
import { routeListFiles } from './list-files.ts'
import { routeListSources } from './list-sources.ts'
import { routeListings } from './listings.ts'
import { routeMonths } from './months.ts'
import { routeOrderOfService } from './order-of-service.ts'
import { routeOverview } from './overview.ts'
import { routeOwnAccess } from './own-access.ts'
import { routePayments } from './payments.ts'
import { routePayouts } from './payouts.ts'
import { routePrices } from './prices.ts'
import { routeProposals } from './proposals.ts'
import { routeProviderSignIn } from './provider-sign-in.ts'
import { routeQuickSearch } from './quick-search.ts'
import { routeReceivers } from './receivers.ts'
import { routeReconciliation } from './reconciliation.ts'
import { routeRefundBatches, routeRefundLimits, routeRefunds } from './refunds.ts'
import { routeRegistries } from './registries.ts'
import { routeRegistrySettings } from './registry-settings.ts'
import { routeReports } from './reports.ts'
import { routeResellers } from './resellers.ts'
import { routeScheduleChanges } from './schedule-changes.ts'
import { routeSeller } from './seller.ts'
import { routeSession } from './session.ts'
import { routeSettings } from './settings.ts'
import { routeStaff } from './staff.ts'
import { routeStaffLinks } from './staff-links.ts'
import { routeStatistics } from './statistics.ts'
import { routeSyncRuns } from './sync-runs.ts'
import { routeWithdrawals } from './withdrawals.ts'
import { routeZonePolicy } from './zone-policy.ts'

/** The operations of the contract behind their guards. */
export function mountOperations(app: ConsoleApi, dependencies: Dependencies): void {
  const apart = readApart(dependencies)
  const reportApart = readReportApart(dependencies)
  const all = [...Object.values(operations), ...listFiles.map(({ operation }) => operation)]
  for (const operation of all) {
    app.on(
      operation.method,
      [operation.getRoutingPath()],
      ...guardsOf(operation, dependencies, isReport(operation) ? reportApart : apart),
    )
  }
  const exports = openExports(dependencies)
  const mount = (to: ConsoleApi) => mountRoutes(to, dependencies, exports)
  mount(app)
  routeListFiles(app, dependencies, exports, mount)
  refuseOtherMethods(app, all)
}

function mountRoutes(app: ConsoleApi, dependencies: Dependencies, exports: Exports): void {
  routeSession(app, dependencies)
  routeProviderSignIn(app, dependencies)
  routeOwnAccess(app, dependencies)
  routeOverview(app)
  routeChanges(app, dependencies)
  routeQuickSearch(app)
  routeRegistries(app)
  routeRegistrySettings(app)
  routeConnectionTests(app)
  routeOrderOfService(app)
  routeAlarms(app)
  routeReceivers(app)
  routeSyncRuns(app, dependencies)
  routeListSources(app)
  routeListings(app)
  routeScheduleChanges(app)
  routeCalendar(app)
  routeDrift(app)
  routeStatistics(app)
  routeSettings(app, dependencies)
  routeZonePolicy(app)
  routeWithdrawals(app)
  routePrices(app)
  routeBackorders(app)
  routeRefunds(app)
  routeRefundBatches(app)
  routeRefundLimits(app)
  routeProposals(app)
  routeFinanceTasks(app)
  routePayments(app)
  routeDisputes(app)
  routePayouts(app)
  routeAccounts(app)
  routeResellers(app, dependencies)
  routeAccountLists(app)
  routeBankTransfers(app)
  routeInvoices(app, dependencies)
  routeSeller(app, dependencies)
  routeReconciliation(app)
  routeMonths(app)
  routeLedger(app)
  routeReports(app)
  routeExports(app, exports)
  routeStaff(app, dependencies)
  routeStaffLinks(app, dependencies)
  routeAudit(app)
}

type Operation = (typeof operations)[keyof typeof operations] | (typeof listFiles)[number]['operation']

/**
 * Reads that are not lists or overviews: a session is read by key, a stream reads nothing itself, an export lasts longer than its request, and a proof may take longer
 * than a list.
 */
const readsElsewhere: ReadonlySet<string> = new Set([
  'getSession',
  'getSignInMeans',
  'followChanges',
  'exportLedger',
  'exportRefunds',
  'exportInvoices',
  'proveInvariants',
  'checkAuditChain',
  ...listFiles.map(({ operation }) => operation.operationId),
])

/** They read every posting of their period, and a month those since the last that was closed. */
const reports: ReadonlySet<string> = new Set([
  'getMonth',
  'listRevenue',
  'getRevenueSummary',
  'listRefundSums',
  'getRefundSummary',
])

function isReport({ operationId }: Operation): boolean {
  return reports.has(operationId)
}

/** What works on a whole list, whose statements take longer than a request: staging it, comparing it, removing it. */
const worksOnLists: ReadonlySet<string> = new Set(['uploadSyncRun', 'publishSyncRun', 'discardSyncRun'])

/** The checks before a route, derived from its contract: session, origin, permission and body. */
function guardsOf(
  operation: Operation,
  dependencies: Dependencies,
  apart: MiddlewareHandler<Environment>,
): MiddlewareHandler<Environment>[] {
  const { settings, ctx, listsContext = ctx } = dependencies
  const ofLists = { ...dependencies, ctx: listsContext }
  const isUpload = operation.operationId === 'uploadSyncRun'
  // An upload has a time limit of its own: it is answered when it is certain what was published.
  const guards = isUpload ? [uncached] : [uncached, timeout(settings.requestMsMax)]
  if (operation.method !== 'get') guards.push(requireSameSite)
  for (const needed of operation.security) {
    guards.push(authenticate(worksOnLists.has(operation.operationId) ? ofLists : dependencies))
    if ('csrf' in needed) guards.push(requireCsrfToken)
    for (const permission of needed.session) guards.push(requirePermission(permission))
  }
  if (operation.method === 'get' && !readsElsewhere.has(operation.operationId)) guards.push(apart)
  return [...guards, ...bodyGuardsOf(operation, settings)]
}

function bodyGuardsOf(operation: Operation, settings: Settings): MiddlewareHandler<Environment>[] {
  if (operation.operationId === 'uploadSyncRun') return [requireList(settings.uploadBytesMax)]
  const hasBody = 'request' in operation && 'body' in operation.request
  const isEvidence = operation.operationId === 'saveDisputeEvidence'
  return hasBody ? [limitBody(isEvidence ? EVIDENCE_BYTES_MAX : JSON_BYTES_MAX), requireJson] : []
}
