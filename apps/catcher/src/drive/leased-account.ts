import type { Context } from '@droplock/core/context'
import type { RegistrarPool } from '@droplock/epp/pool/pool'
import type { Logger } from '@droplock/observability/logger'
import type { Evidence } from '../evidence.ts'
import type { PlanFacts, PlanRule, Sends } from '../plan/choose-next.ts'
import type { AccountFacts, RegistryMs } from '../plan/target.ts'
import type { TargetStore } from '../targets/store.ts'
import type { Alarms } from './alarms.ts'
import type { HeldLease } from './keep-lease.ts'
import type { OutcomeRecorder } from './outcome-recorder.ts'
import { emptyOutlook, type Outlook } from './readiness.ts'

type Account = {
  readonly id: string
  readonly registryId: string
  readonly clid: string
  readonly ourClids: ReadonlySet<string>
  readonly commandsPerSecondMax: number
  /** Every create carries the standard fee as its cap, whatever is known of its zone. */
  readonly capsAlways: boolean
  /** A create is taken as an application, and a message tells who got the name. */
  readonly awardsByPoll: boolean
}

/** What driving an account has, from the taking of its lease to the end of it. */
export type LeasedAccount = {
  readonly ctx: Context
  readonly log: Logger
  readonly account: Account
  readonly rule: PlanRule
  readonly store: TargetStore
  /** What all but creates is sent by, and creates too unless the drop has hosts of its own. */
  readonly pool: RegistrarPool
  /** What creates are sent by; undefined while the hosts of the drop are not used. */
  readonly createPool: () => RegistrarPool | undefined
  readonly lease: HeldLease
  readonly evidence: Evidence
  readonly outcomeRecorder: OutcomeRecorder
  readonly alarms: Alarms
  readonly leaseState: LeaseState
  readonly registryNowMs: () => RegistryMs
  readonly monotonicMs: () => number
  /** Wall clock as it is, by which evidence is dated. */
  readonly unixMs: () => number
  readonly newClTRID: () => string
  readonly newAuthInfo: () => string
}

/** What a hold has leaseState of its registry and of the days ahead, and how its slots were used. */
export type LeaseState = {
  /** `info` about others' names was refused the last time. */
  othersHidden: boolean
  /** Commands sent since the last one that asked about a name in doubt or applied for. */
  sinceInfo: number
  outlook: Outlook
}

export function initialLeaseState(): LeaseState {
  return { othersHidden: false, sinceInfo: 0, outlook: emptyOutlook }
}

export function accountFactsOf({
  createPool,
  account,
  leaseState,
}: Pick<LeasedAccount, 'createPool' | 'account' | 'leaseState'>): AccountFacts {
  const feeAgreed = createPool()?.feeSupport().version !== undefined
  return { feeAgreed, othersHidden: leaseState.othersHidden, ourClids: account.ourClids }
}

/** What the plan is made by, beside the targets and the time. */
export function planFactsOf(
  leased: Pick<LeasedAccount, 'createPool' | 'account' | 'leaseState'>,
  sends: Sends,
): PlanFacts {
  const hasBudget = (leased.createPool()?.failedCreatesLeft() ?? Infinity) > 0
  return { ...accountFactsOf(leased), sends, sinceInfo: leased.leaseState.sinceInfo, hasBudget }
}
