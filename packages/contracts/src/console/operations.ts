import { listAudit } from './audit.ts'
import { getBackorder, listBackorders } from './backorder-operations.ts'
import { exportLedger, exportRefunds } from './exports.ts'
import {
  applyOverride,
  getListing,
  listListings,
  previewOverride,
  previewUndo,
  undoOverride,
} from './listing-operations.ts'
import { getToday, listRegistries, proveInvariants } from './overview.ts'
import {
  closeReconciliationItem,
  getReconciliationItem,
  listReconciliationItems,
  listReconciliationRuns,
} from './reconciliation.ts'
import { approveRefund, getRefund, listRefunds, proposeRefund, rejectRefund } from './refund.ts'
import { getSession, signIn, signOut } from './session.ts'
import {
  discardSyncRun,
  getSyncRun,
  listSyncRunChanges,
  listSyncRunRejects,
  listSyncRuns,
  publishSyncRun,
  uploadSyncRun,
} from './sync-run-operations.ts'

/** Every operation of the operators' API by its id. The document, the guards of the server and its tests walk this list. */
export const operations = {
  signIn,
  getSession,
  signOut,
  getToday,
  listRegistries,
  proveInvariants,
  listSyncRuns,
  uploadSyncRun,
  getSyncRun,
  listSyncRunChanges,
  listSyncRunRejects,
  publishSyncRun,
  discardSyncRun,
  listListings,
  getListing,
  previewOverride,
  applyOverride,
  previewUndo,
  undoOverride,
  listBackorders,
  getBackorder,
  listRefunds,
  proposeRefund,
  getRefund,
  approveRefund,
  rejectRefund,
  listReconciliationItems,
  getReconciliationItem,
  closeReconciliationItem,
  listReconciliationRuns,
  exportLedger,
  exportRefunds,
  listAudit,
} as const

export type OperationId = keyof typeof operations
