import type { Money as MoneySchema } from '@droplock/contracts/common/primitives'
import type {
  AccountContact as AccountContactSchema,
  AccountDelivery as AccountDeliverySchema,
  AccountEndpoint as AccountEndpointSchema,
  AccountRegistration as AccountRegistrationSchema,
  AccountSubAccount as AccountSubAccountSchema,
} from '@droplock/contracts/console/account-lists'
import type {
  AccountDetail as AccountDetailSchema,
  Account as AccountSchema,
  AccountTransaction as AccountTransactionSchema,
  Statement as StatementSchema,
} from '@droplock/contracts/console/accounts'
import type { Alarm as AlarmSchema } from '@droplock/contracts/console/alarm'
import type {
  AuditChain as AuditChainSchema,
  AuditEntry as AuditEntrySchema,
  AuditPeople as AuditPeopleSchema,
} from '@droplock/contracts/console/audit'
import type {
  BackorderDetail as BackorderDetailSchema,
  Backorder as BackorderSchema,
} from '@droplock/contracts/console/backorders'
import type { BankTransfer as BankTransferSchema } from '@droplock/contracts/console/bank-transfer'
import type { ScheduleCalendar as ScheduleCalendarSchema } from '@droplock/contracts/console/calendar'
import type { ConnectionTest as ConnectionTestSchema } from '@droplock/contracts/console/connection-test'
import type {
  DisputeDetail as DisputeDetailSchema,
  DisputeSummary as DisputeSummarySchema,
} from '@droplock/contracts/console/dispute'
import type {
  DriftList as DriftListSchema,
  ObservedDropList as ObservedDropListSchema,
} from '@droplock/contracts/console/drift'
import type { DropRoom as DropRoomSchema } from '@droplock/contracts/console/drop-room'
import type { FinanceTask as FinanceTaskSchema } from '@droplock/contracts/console/finance-task'
import type { Invoice as InvoiceSchema } from '@droplock/contracts/console/invoice'
import type {
  GoodwillCredit as GoodwillCreditSchema,
  LedgerMove as LedgerMoveSchema,
} from '@droplock/contracts/console/ledger'
import type { ListSource as ListSourceSchema } from '@droplock/contracts/console/list-source'
import type {
  ListingDetail as ListingDetailSchema,
  Listing as ListingSchema,
  OverridePreview as OverridePreviewSchema,
  Override as OverrideSchema,
  Schedule as ScheduleSchema,
} from '@droplock/contracts/console/listings'
import type {
  MonthDetail as MonthDetailSchema,
  MonthRow as MonthSchema,
} from '@droplock/contracts/console/month'
import type {
  OrderOfService as OrderOfServiceSchema,
  ServedName as ServedNameSchema,
  ServiceOutlook as ServiceOutlookSchema,
} from '@droplock/contracts/console/order-of-service'
import type {
  NextWindow as NextWindowSchema,
  Registry as RegistrySchema,
  Today as TodaySchema,
} from '@droplock/contracts/console/overview'
import type {
  StaffDevice as StaffDeviceSchema,
  StaffSession as StaffSessionSchema,
} from '@droplock/contracts/console/own-access'
import type {
  PaymentDetail as PaymentDetailSchema,
  Payment as PaymentSchema,
} from '@droplock/contracts/console/payment'
import type {
  PayoutDetail as PayoutDetailSchema,
  PayoutMovementList as PayoutMovementListSchema,
  Payout as PayoutSchema,
} from '@droplock/contracts/console/payout'
import type {
  PriceList as PriceListSchema,
  PriceRules as PriceRulesSchema,
  Price as PriceSchema,
  PriceUpload as PriceUploadSchema,
  ZoneFeeAnswer as ZoneFeeAnswerSchema,
} from '@droplock/contracts/console/prices'
import type { Proposal as ProposalSchema } from '@droplock/contracts/console/proposal'
import type {
  ProviderQuestion as ProviderQuestionSchema,
  SignInMeans as SignInMeansSchema,
} from '@droplock/contracts/console/provider-sign-in'
import type { SearchResult as SearchResultSchema } from '@droplock/contracts/console/quick-search'
import type {
  Receiver as ReceiverSchema,
  ReceiverTest as ReceiverTestSchema,
} from '@droplock/contracts/console/receiver'
import type {
  ReconciliationItem as ReconciliationItemSchema,
  ReconciliationProgress as ReconciliationProgressSchema,
  ReconciliationRun as ReconciliationRunSchema,
} from '@droplock/contracts/console/reconciliation'
import type { Refund as RefundSchema } from '@droplock/contracts/console/refund'
import type {
  RefundBatchResult as RefundBatchResultSchema,
  RefundBatch as RefundBatchSchema,
  RefundQueue as RefundQueueSchema,
} from '@droplock/contracts/console/refund-batch'
import type { RefundLimit as RefundLimitSchema } from '@droplock/contracts/console/refund-limit'
import type {
  Maintenance as MaintenanceSchema,
  RegistryMessage as RegistryMessageSchema,
} from '@droplock/contracts/console/registries'
import type {
  RegistryEditPreview as RegistryEditPreviewSchema,
  RegistrySettings as RegistrySettingsSchema,
} from '@droplock/contracts/console/registry-settings'
import type {
  Ageing as AgeingSchema,
  Receivable as ReceivableSchema,
  RefundAgeList as RefundAgeListSchema,
  RefundSummary as RefundSummarySchema,
  RevenueSummary as RevenueSummarySchema,
} from '@droplock/contracts/console/report'
import type {
  AccountApiKey as AccountApiKeySchema,
  IssuedApiKey as IssuedApiKeySchema,
} from '@droplock/contracts/console/resellers'
import type {
  ReservedUpload as ReservedUploadSchema,
  ReservedWord as ReservedWordSchema,
} from '@droplock/contracts/console/reserved-words'
import type {
  ChangedListingList as ChangedListingListSchema,
  ChangeDetail as ScheduleChangeDetailSchema,
  ChangePreview as ScheduleChangePreviewSchema,
} from '@droplock/contracts/console/schedule-changes'
import type {
  NewSecondFactor as NewSecondFactorSchema,
  RecoveryCodes as RecoveryCodesSchema,
  SecondFactor as SecondFactorSchema,
} from '@droplock/contracts/console/second-factor'
import type { Seller as SellerSchema } from '@droplock/contracts/console/seller'
import type { Session as SessionSchema } from '@droplock/contracts/console/session'
import type {
  ServiceSettings as ServiceSettingsSchema,
  Zone as ZoneSchema,
} from '@droplock/contracts/console/settings'
import type {
  SentLink as SentLinkSchema,
  StaffLink as StaffLinkSchema,
  StaffMember as StaffMemberSchema,
} from '@droplock/contracts/console/staff'
import type { ZoneOutcomesList as ZoneOutcomesListSchema } from '@droplock/contracts/console/statistics'
import type {
  SyncRunChange as SyncRunChangeSchema,
  SyncRunDetail as SyncRunDetailSchema,
  SyncRunReject as SyncRunRejectSchema,
  SyncRun as SyncRunSchema,
  Upload as UploadSchema,
} from '@droplock/contracts/console/sync-runs'
import type { TargetEvidence as TargetEvidenceSchema } from '@droplock/contracts/console/target-evidence'
import type { TimelineEntry as TimelineEntrySchema } from '@droplock/contracts/console/timeline'
import type {
  BlockedName as BlockedNameSchema,
  BlockResults as BlockResultsSchema,
  ConfirmationAnswer as ConfirmationAnswerSchema,
  Withdrawal as WithdrawalSchema,
} from '@droplock/contracts/console/withdrawals'
import type {
  PolicyPreview as ZonePolicyPreviewSchema,
  Policy as ZonePolicySchema,
} from '@droplock/contracts/console/zone-policy'
import type { z } from 'zod'

// The server's answers, by the contracts' schemas. Types only: the schemas are not part of the bundle.

export type Account = z.infer<typeof AccountSchema>
export type AccountApiKey = z.infer<typeof AccountApiKeySchema>
export type AccountContact = z.infer<typeof AccountContactSchema>
export type AccountDelivery = z.infer<typeof AccountDeliverySchema>
export type AccountDetail = z.infer<typeof AccountDetailSchema>
export type AccountEndpoint = z.infer<typeof AccountEndpointSchema>
export type AccountRegistration = z.infer<typeof AccountRegistrationSchema>
export type AccountSubAccount = z.infer<typeof AccountSubAccountSchema>
export type AccountTransaction = z.infer<typeof AccountTransactionSchema>
export type Alarm = z.infer<typeof AlarmSchema>
export type AuditChain = z.infer<typeof AuditChainSchema>
export type AuditPeople = z.infer<typeof AuditPeopleSchema>
export type AuditEntry = z.infer<typeof AuditEntrySchema>
export type Backorder = z.infer<typeof BackorderSchema>
export type BackorderDetail = z.infer<typeof BackorderDetailSchema>
export type BankTransfer = z.infer<typeof BankTransferSchema>
export type Dispute = z.infer<typeof DisputeSummarySchema>
export type DisputeDetail = z.infer<typeof DisputeDetailSchema>
export type FinanceTask = z.infer<typeof FinanceTaskSchema>
export type GoodwillCredit = z.infer<typeof GoodwillCreditSchema>
export type Invoice = z.infer<typeof InvoiceSchema>
export type LedgerMove = z.infer<typeof LedgerMoveSchema>
export type IssuedApiKey = z.infer<typeof IssuedApiKeySchema>
export type ListSource = z.infer<typeof ListSourceSchema>
export type Listing = z.infer<typeof ListingSchema>
export type ListingDetail = z.infer<typeof ListingDetailSchema>
export type Money = z.infer<typeof MoneySchema>
export type Month = z.infer<typeof MonthSchema>
export type MonthDetail = z.infer<typeof MonthDetailSchema>
export type NextWindow = z.infer<typeof NextWindowSchema>
export type OrderOfService = z.infer<typeof OrderOfServiceSchema>
export type Override = z.infer<typeof OverrideSchema>
export type OverridePreview = z.infer<typeof OverridePreviewSchema>
export type Payment = z.infer<typeof PaymentSchema>
export type PaymentDetail = z.infer<typeof PaymentDetailSchema>
export type Payout = z.infer<typeof PayoutSchema>
export type PayoutDetail = z.infer<typeof PayoutDetailSchema>
export type PayoutMovement = z.infer<typeof PayoutMovementListSchema>['items'][number]
export type Proposal = z.infer<typeof ProposalSchema>
export type Receiver = z.infer<typeof ReceiverSchema>
export type ReconciliationItem = z.infer<typeof ReconciliationItemSchema>
export type ReconciliationProgress = z.infer<typeof ReconciliationProgressSchema>
export type ReconciliationRun = z.infer<typeof ReconciliationRunSchema>
export type Refund = z.infer<typeof RefundSchema>
export type RefundBatch = z.infer<typeof RefundBatchSchema>
export type RefundBatchResult = z.infer<typeof RefundBatchResultSchema>
export type RefundQueue = z.infer<typeof RefundQueueSchema>
export type RefundLimit = z.infer<typeof RefundLimitSchema>
export type Registry = z.infer<typeof RegistrySchema>
export type Schedule = z.infer<typeof ScheduleSchema>
export type SearchResult = z.infer<typeof SearchResultSchema>
export type ScheduleChangeDetail = z.infer<typeof ScheduleChangeDetailSchema>
export type ScheduleChange = Omit<ScheduleChangeDetail, 'counts' | 'progress'>
export type ChangedListing = z.infer<typeof ChangedListingListSchema>['items'][number]
export type ScheduleChangePreview = z.infer<typeof ScheduleChangePreviewSchema>
export type ScheduleChangeCounts = ScheduleChangePreview['counts']
export type Seller = z.infer<typeof SellerSchema>
export type ServedName = z.infer<typeof ServedNameSchema>
export type ServiceOutlook = z.infer<typeof ServiceOutlookSchema>
export type Session = z.infer<typeof SessionSchema>
export type Me = Session['staff'] & Pick<Session, 'must_enrol' | 'proof'>
export type NewSecondFactor = z.infer<typeof NewSecondFactorSchema>
export type RecoveryCodes = z.infer<typeof RecoveryCodesSchema>
export type SecondFactor = z.infer<typeof SecondFactorSchema>
export type ProviderQuestion = z.infer<typeof ProviderQuestionSchema>
export type SignInMeans = z.infer<typeof SignInMeansSchema>
export type SentLink = z.infer<typeof SentLinkSchema>
export type StaffLink = z.infer<typeof StaffLinkSchema>
export type StaffMember = z.infer<typeof StaffMemberSchema>
export type StaffDevice = z.infer<typeof StaffDeviceSchema>
export type StaffSession = z.infer<typeof StaffSessionSchema>
export type Statement = z.infer<typeof StatementSchema>
export type SyncRun = z.infer<typeof SyncRunSchema>
export type SyncRunChange = z.infer<typeof SyncRunChangeSchema>
export type SyncRunDetail = z.infer<typeof SyncRunDetailSchema>
export type SyncRunReject = z.infer<typeof SyncRunRejectSchema>
export type TargetEvidence = z.infer<typeof TargetEvidenceSchema>
export type TimelineEntry = z.infer<typeof TimelineEntrySchema>
export type Today = z.infer<typeof TodaySchema>
export type Upload = z.infer<typeof UploadSchema>
export type Withdrawal = z.infer<typeof WithdrawalSchema>
export type BlockedName = z.infer<typeof BlockedNameSchema>
export type BlockResults = z.infer<typeof BlockResultsSchema>
export type ConfirmationAnswer = z.infer<typeof ConfirmationAnswerSchema>
export type BatchDrift = z.infer<typeof DriftListSchema>['items'][number]
export type ObservedDrop = z.infer<typeof ObservedDropListSchema>['items'][number]
export type RegistryMessage = z.infer<typeof RegistryMessageSchema>
export type Maintenance = z.infer<typeof MaintenanceSchema>
export type ZonePolicy = z.infer<typeof ZonePolicySchema>
export type ZonePolicyPreview = z.infer<typeof ZonePolicyPreviewSchema>
export type ScheduleCalendar = z.infer<typeof ScheduleCalendarSchema>
export type CalendarDay = ScheduleCalendar['days'][number]
export type DropRoom = z.output<typeof DropRoomSchema>
export type RegistryAccountStatus = DropRoom['accounts'][number]
export type Price = z.infer<typeof PriceSchema>
export type PriceList = z.infer<typeof PriceListSchema>
export type PriceRules = z.infer<typeof PriceRulesSchema>
export type PriceUpload = z.infer<typeof PriceUploadSchema>
export type ConnectionTest = z.infer<typeof ConnectionTestSchema>
export type ReceiverTest = z.infer<typeof ReceiverTestSchema>
export type RegistryEditPreview = z.infer<typeof RegistryEditPreviewSchema>
export type ZoneFeeAnswer = z.infer<typeof ZoneFeeAnswerSchema>
export type RegistrySettings = z.infer<typeof RegistrySettingsSchema>
export type ReservedUpload = z.infer<typeof ReservedUploadSchema>
export type ReservedWord = z.infer<typeof ReservedWordSchema>
export type ServiceSettings = z.infer<typeof ServiceSettingsSchema>
export type Zone = z.infer<typeof ZoneSchema>
export type ZoneOutcomes = z.infer<typeof ZoneOutcomesListSchema>['items'][number]
export type RevenueSummary = z.infer<typeof RevenueSummarySchema>
export type RevenueRow = RevenueSummary['series'][number]
export type RefundSummary = z.infer<typeof RefundSummarySchema>
export type RefundSumsRow = RefundSummary['series'][number]
export type Receivable = z.infer<typeof ReceivableSchema>
export type RefundAge = z.infer<typeof RefundAgeListSchema>['items'][number]
export type Ageing = z.infer<typeof AgeingSchema>
