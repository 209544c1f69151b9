import {
  getAccount,
  getAccountStatement,
  listAccounts,
  listAccountTransactions,
  setCreditLimit,
  setHoldLimits,
} from './accounts.ts'
import { closeAlarm, listAlarms } from './alarm.ts'
import { listAudit } from './audit.ts'
import { getBackorder, listBackorderAttempts, listBackorders } from './backorders.ts'
import {
  approveReversal,
  listBankTransfers,
  proposeReversal,
  recordBankTransfer,
  rejectReversal,
} from './bank-transfer.ts'
import { getScheduleCalendar } from './calendar.ts'
import { listDrift, listObservedDrops } from './drift.ts'
import { exportInvoices, exportLedger, exportRefunds } from './exports.ts'
import { closeFinanceTask, getFinanceTask, listFinanceTasks } from './finance-task.ts'
import { getInvoice, getInvoiceHtml, getInvoicePdf, issueInvoice, listInvoices } from './invoice.ts'
import {
  addListSource,
  changeListSource,
  disableListSource,
  enableListSource,
  fetchListSource,
  getListSource,
  listListSources,
} from './list-source.ts'
import {
  applyOverride,
  getListing,
  listListings,
  previewOverride,
  previewUndo,
  undoOverride,
} from './listings.ts'
import { getMonth, listMonths } from './month.ts'
import { listOrderOfService } from './order-of-service.ts'
import { getToday, listRegistries, proveInvariants } from './overview.ts'
import { getPayment, listPayments } from './payment.ts'
import { explainPrice, listFeeAnswers, listPriceLists, listPrices, uploadPriceList } from './prices.ts'
import {
  approveProposal,
  listProposals,
  proposeBankTransfer,
  proposeCreditLimit,
  proposeMonthClose,
  proposeRegistryStop,
  proposeTargetOutcome,
  proposeWithdrawal,
  rejectProposal,
} from './proposal.ts'
import { quickSearch } from './quick-search.ts'
import { addReceiver, changeReceiver, disableReceiver, listReceivers, resendToReceiver } from './receiver.ts'
import {
  closeReconciliationItem,
  getReconciliationItem,
  listReconciliationItems,
  listReconciliationRuns,
} from './reconciliation.ts'
import {
  approveRefund,
  completeRefund,
  getRefund,
  listRefunds,
  proposeRefund,
  rejectRefund,
  retryRefund,
} from './refund.ts'
import { approveRefundBatch, getRefundQueue, previewRefundBatch } from './refund-batch.ts'
import { listRefundLimits, setRefundLimit } from './refund-limit.ts'
import {
  cancelMaintenance,
  listMaintenances,
  listRegistryMessages,
  listRegistryStops,
  noteMaintenance,
  restartRegistry,
  stopRegistry,
} from './registries.ts'
import { listReservedWords, uploadReservedWords } from './reserved-words.ts'
import {
  applyScheduleChange,
  getScheduleChange,
  listScheduleChangeListings,
  listScheduleChanges,
  previewScheduleChange,
  previewScheduleChangeUndo,
  stopScheduleChange,
  undoScheduleChange,
} from './schedule-changes.ts'
import { changeSeller, getSeller } from './seller.ts'
import { forgetDevices, getSession, signIn, signOut } from './session.ts'
import { listStatistics } from './statistics.ts'
import {
  discardSyncRun,
  getSyncRun,
  listSyncRunChanges,
  listSyncRunRejects,
  listSyncRuns,
  publishSyncRun,
  uploadSyncRun,
} from './sync-runs.ts'
import { getTargetEvidence } from './target-evidence.ts'
import {
  blockNames,
  listBlockedNames,
  listConfirmationAnswers,
  listWithdrawals,
  unblockName,
  withdrawListing,
} from './withdrawals.ts'
import { changeZonePolicy, getZonePolicy, listZonePolicies, previewZonePolicy } from './zone-policy.ts'

/** Every operation of the operators' API by its id. The document, the guards of the server and its tests walk this list. */
export const operations = {
  signIn,
  getSession,
  signOut,
  forgetDevices,
  getToday,
  quickSearch,
  listRegistries,
  proveInvariants,
  listOrderOfService,
  listRegistryStops,
  stopRegistry,
  restartRegistry,
  listRegistryMessages,
  listMaintenances,
  noteMaintenance,
  cancelMaintenance,
  listAlarms,
  closeAlarm,
  listReceivers,
  addReceiver,
  changeReceiver,
  disableReceiver,
  resendToReceiver,
  listSyncRuns,
  uploadSyncRun,
  getSyncRun,
  listSyncRunChanges,
  listSyncRunRejects,
  publishSyncRun,
  discardSyncRun,
  listListSources,
  getListSource,
  addListSource,
  changeListSource,
  fetchListSource,
  disableListSource,
  enableListSource,
  listListings,
  getListing,
  previewOverride,
  applyOverride,
  previewUndo,
  undoOverride,
  previewScheduleChange,
  previewScheduleChangeUndo,
  listScheduleChanges,
  getScheduleChange,
  listScheduleChangeListings,
  applyScheduleChange,
  stopScheduleChange,
  undoScheduleChange,
  getScheduleCalendar,
  listDrift,
  listObservedDrops,
  listStatistics,
  listZonePolicies,
  getZonePolicy,
  previewZonePolicy,
  changeZonePolicy,
  listPriceLists,
  uploadPriceList,
  listPrices,
  explainPrice,
  listFeeAnswers,
  listReservedWords,
  uploadReservedWords,
  listWithdrawals,
  listConfirmationAnswers,
  withdrawListing,
  listBlockedNames,
  blockNames,
  unblockName,
  listBackorders,
  getBackorder,
  listBackorderAttempts,
  getTargetEvidence,
  listRefunds,
  proposeRefund,
  getRefund,
  approveRefund,
  rejectRefund,
  completeRefund,
  retryRefund,
  getRefundQueue,
  previewRefundBatch,
  approveRefundBatch,
  listRefundLimits,
  setRefundLimit,
  listProposals,
  proposeTargetOutcome,
  proposeBankTransfer,
  proposeCreditLimit,
  proposeWithdrawal,
  proposeRegistryStop,
  proposeMonthClose,
  approveProposal,
  rejectProposal,
  listFinanceTasks,
  getFinanceTask,
  closeFinanceTask,
  listPayments,
  getPayment,
  listAccounts,
  getAccount,
  getAccountStatement,
  listAccountTransactions,
  setCreditLimit,
  setHoldLimits,
  listBankTransfers,
  recordBankTransfer,
  proposeReversal,
  approveReversal,
  rejectReversal,
  listInvoices,
  issueInvoice,
  getInvoice,
  getInvoiceHtml,
  getInvoicePdf,
  getSeller,
  changeSeller,
  listReconciliationItems,
  getReconciliationItem,
  closeReconciliationItem,
  listReconciliationRuns,
  listMonths,
  getMonth,
  exportLedger,
  exportRefunds,
  exportInvoices,
  listAudit,
} as const

export type OperationId = keyof typeof operations
