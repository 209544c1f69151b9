import type { Context } from '@droplock/core/context'
import type { Logger } from '@droplock/observability/logger'
import type { PlanRule } from '../plan/choose-next.ts'
import type { RequestRule } from '../requests/serve.ts'
import type { Credentials } from './connect-account.ts'
import type { LeaseRule } from './keep-lease.ts'
import type { Measure } from './measure.ts'
import type { RefreshRule } from './refresh.ts'
import type { AccountStatus } from './status.ts'

/** What driving a registry account is given by the process. */
export type Drive = {
  readonly ctx: Context
  readonly log: Logger
  /** New at every start of the process. */
  readonly owner: string
  readonly accountId: string
  readonly credentials: Credentials
  readonly journalFolder: string
  readonly rules: {
    readonly lease: LeaseRule
    readonly refresh: RefreshRule
    readonly requests: RequestRule
    readonly plan: Omit<PlanRule, 'nameGapMs' | 'awardPauseMsMin'>
    /** Names that drop within this are looked at for what their creates will need. */
    readonly readyLeadMs: number
    /** How often the registry's clock is measured again. */
    readonly clockEveryMs: number
    /** How long a closing catcher waits for what is under way, and again for settlements. */
    readonly drainMsMax: number
    /** An account that could not be driven for so long is an alarm. */
    readonly unconnectedMsMax: number
  }
  readonly monotonicMs: () => number
  /** Wall clock that never steps: as of the start, carried on by the monotonic clock. */
  readonly wallMs: () => number
  /** Wall clock as it is, by which sends are dated and the registry's clock is measured. */
  readonly unixMs: () => number
  /** 0 ≤ x < 1, for pauses. */
  readonly random: () => number
  readonly newClTRID: () => string
  readonly newAuthInfo: () => string
  /** Kept up to date for whoever asks how the account fares. */
  readonly status: AccountStatus
  /** Called with what came of every command to the registry. Left out: nobody counts. */
  readonly measure?: Measure
}
