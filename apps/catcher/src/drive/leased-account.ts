import type { AuthCodeSecrets } from '@droplock/core/auth-codes/derive'
import type { Context } from '@droplock/core/context'
import type { OurAccounts } from '@droplock/core/registries/read'
import type { RegistryStop } from '@droplock/core/registry-stops/read'
import type { RegistrarPool } from '@droplock/epp/pool/pool'
import type { Logger } from '@droplock/observability/logger'
import type { Evidence } from '../evidence.ts'
import type { PlanFacts, PlanRule, Sends } from '../plan/ready-at.ts'
import type { AccountFacts, RegistryMs } from '../plan/target.ts'
import type { TargetStore } from '../targets/store.ts'
import type { Alarms } from './alarms.ts'
import type { HeldLease } from './keep-lease.ts'
import type { OutcomeRecorder } from './outcome-recorder.ts'
import type { PreparedCreates } from './prepared-creates.ts'
import { emptyOutlook, type Outlook } from './readiness.ts'

type Account = {
  readonly id: string
  readonly registryId: string
  readonly clid: string
  readonly commandsPerSecondMax: number
  /** Infinity where the registry has no such budget. */
  readonly failedCreatesPerDayMax: number
  readonly commandsPerMinuteMax?: number | undefined
  /** Every create carries the standard fee as its cap, in every zone. */
  readonly capsAlways: boolean
  /** Creates are applications, and a poll message reports the award. */
  readonly awardsByPoll: boolean
  /** Whether name servers are objects of their own at the registry, or attributes of the domain. */
  readonly nameServers: 'objects' | 'attributes'
}

/** What driving an account uses while its lease is held. */
export type LeasedAccount = {
  readonly ctx: Context
  readonly log: Logger
  readonly account: Account
  readonly rule: PlanRule
  readonly store: TargetStore
  readonly creates: PreparedCreates
  /** Sends everything but creates, and creates too unless the drop has separate hosts. */
  readonly pool: RegistrarPool
  /** Sends creates; undefined while the separate hosts of the drop are not connected. */
  readonly createPool: () => RegistrarPool | undefined
  readonly lease: HeldLease
  readonly evidence: Evidence
  readonly outcomeRecorder: OutcomeRecorder
  readonly alarms: Alarms
  readonly leaseState: LeaseState
  /** Counts a probe. */
  readonly measureProbe: (command: string) => void
  readonly registryNowMs: () => RegistryMs
  /** The bound of the error of the registry's clock as we know it; undefined until it was measured. Milliseconds. */
  readonly clockErrorMs: () => number | undefined
  /** The registry's clock when a command that is sent now arrives. */
  readonly arrivalNowMs: () => RegistryMs
  /** How well that is known, and how long an answer takes. */
  readonly aim: () => { readonly errorMs: number; readonly roundTripMs: number }
  readonly monotonicMs: () => number
  /** The machine's wall clock, which dates evidence. */
  readonly unixMs: () => number
  readonly newClTRID: () => string
  readonly newAuthInfo: () => string
  /** Derives the auth codes that holders request. Undefined: this catcher has no secret for them. */
  readonly authCodes: AuthCodeSecrets | undefined
}

/** What was learned during one lease about the registry and the coming days, and how slots were used. */
type LeaseState = {
  /** The last `info` about another registrar's name was refused. */
  othersHidden: boolean
  /** When the last probe was sent, and the last one that was a create; see `isProbing`. */
  lastProbeMs: RegistryMs
  lastProbeCreateMs: RegistryMs
  outlook: Outlook
  /** Operators have stopped the registry: no create is sent. */
  stop: RegistryStop | undefined
  /** Our accounts at the registry; see `knowOurs`. */
  ours: OurAccounts
  /** The version of the registry's settings by which the account is driven. */
  settingsVersion: number
  ourClids: ReadonlySet<string>
}

/** Accounts are added while this one is driven: who holds a name for another of ours must not be taken for a rival. */
export function knowOurs(leaseState: LeaseState, ours: OurAccounts): void {
  leaseState.ours = ours
  leaseState.ourClids = new Set(ours.keys())
}

/** A predecessor may have sent a probe just before. */
export function initialLeaseState(
  nowMs: RegistryMs,
  { ours, version }: { readonly ours: OurAccounts; readonly version: number },
): LeaseState {
  return {
    ours,
    settingsVersion: version,
    ourClids: new Set(ours.keys()),
    othersHidden: false,
    lastProbeMs: nowMs,
    lastProbeCreateMs: nowMs,
    outlook: emptyOutlook,
    stop: undefined,
  }
}

export function accountFactsOf({
  createPool,
  account,
  leaseState,
}: Pick<LeasedAccount, 'createPool' | 'account' | 'leaseState'>): AccountFacts {
  const feeAgreed = createPool()?.feeSupport().version !== undefined
  const { othersHidden, ourClids } = leaseState
  return { feeAgreed, othersHidden, clid: account.clid, ourClids }
}

/** The facts for the plan of the sessions of one pool, besides the targets and the time. */
export function planFactsOf(
  leased: Pick<LeasedAccount, 'createPool' | 'account' | 'leaseState' | 'aim'>,
  senders: {
    readonly sends: Sends
    readonly pool: Pick<RegistrarPool, 'commandsLeft' | 'rateLeft'>
    readonly commandsPerSecondMax: number
  },
): PlanFacts {
  const hasBudget =
    leased.leaseState.stop === undefined && (leased.createPool()?.failedCreatesLeft() ?? Infinity) > 0
  const { lastProbeMs: lastMs, lastProbeCreateMs: lastCreateMs } = leased.leaseState
  const { sends, pool, commandsPerSecondMax } = senders
  const { failedCreatesPerDayMax } = leased.account
  const probes = { lastMs, lastCreateMs, commandsPerSecondMax, failedCreatesPerDayMax }
  const { errorMs: aimErrorMs, roundTripMs } = leased.aim()
  const common = { ...accountFactsOf(leased), sends, hasBudget, probes }
  return { ...common, commandsLeft: pool.commandsLeft(), rateLeft: pool.rateLeft(), aimErrorMs, roundTripMs }
}
