import type { AuthCodeSecrets } from '@droplock/core/auth-codes/derive'
import type { Context } from '@droplock/core/context'
import type { Logger } from '@droplock/observability/logger'
import type { PlanRule } from '../plan/ready-at.ts'
import type { RequestRule } from '../requests/serve.ts'
import type { Credentials } from './connect-account.ts'
import type { LeaseRule } from './keep-lease.ts'
import type { Measure, MeasureProbe } from './measure.ts'
import type { RefreshRule } from './refresh.ts'
import type { AccountStatus } from './status.ts'

/** What the process supplies for driving a registry account. */
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
    readonly messages: { readonly everyMs: number }
    readonly plan: Omit<PlanRule, 'nameGapMs' | 'awardPauseMsMin' | 'share'>
    /** The share of the rate for questions about the order of coming batches; 0: none are asked. */
    readonly surveyShare: number
    /** The catcher checks what the creates of names that drop within this will need. */
    readonly readyLeadMs: number
    /** How often the registry's clock is measured. */
    readonly clockEveryMs: number
    /** How long a closing catcher waits for commands in flight, and again for the recording of outcomes. */
    readonly drainMsMax: number
    /** An account that could not be driven for this long raises an alarm. */
    readonly unconnectedMsMax: number
  }
  readonly monotonicMs: () => number
  /** Wall clock that never steps: read at the start and continued by the monotonic clock. */
  readonly wallMs: () => number
  /** The machine's wall clock, which dates commands and with which the registry's clock is compared. */
  readonly unixMs: () => number
  /** 0 ≤ x < 1, for pauses. */
  readonly random: () => number
  readonly newClTRID: () => string
  readonly newAuthInfo: () => string
  /** Derives the auth codes that holders request; absent where the process has no secret for them. */
  readonly authCodes?: AuthCodeSecrets | undefined
  /** The account's state for `/readyz` and metrics. */
  readonly status: AccountStatus
  /** Called with the exchange of every command to the registry, to count it. */
  readonly measure?: Measure
  /** Called with every command for a name in the slow part of its grace. */
  readonly measureProbe?: MeasureProbe
}
