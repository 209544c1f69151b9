import type { Context } from '@droplock/core/context'
import type { RegistrarPool } from '@droplock/epp/pool/pool'
import type { Logger } from '@droplock/observability/logger'
import type { Board } from '../board/board.ts'
import type { Evidence } from '../evidence.ts'
import type { PlanRule } from '../plan/choose-next.ts'
import type { RegistryMs } from '../plan/target.ts'
import type { Alarms } from './alarms.ts'
import type { HeldLease } from './keep-lease.ts'
import type { Outlook } from './readiness.ts'
import type { Settler } from './settler.ts'

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
  readonly board: Board
  /** What all but creates is sent by, and creates too unless the drop has hosts of its own. */
  readonly pool: RegistrarPool
  /** What creates are sent by; undefined while the hosts of the drop are not used. */
  readonly createPool: () => RegistrarPool | undefined
  readonly lease: HeldLease
  readonly evidence: Evidence
  readonly settler: Settler
  readonly alarms: Alarms
  readonly seen: Seen
  readonly registryNowMs: () => RegistryMs
  readonly monotonicMs: () => number
  /** Wall clock as it is, by which evidence is dated. */
  readonly unixMs: () => number
  readonly newClTRID: () => string
  readonly newAuthInfo: () => string
}

/** What a hold has seen of its registry and of the days ahead, and how its slots were used. */
export type Seen = {
  /** `info` about others' names was refused the last time. */
  othersHidden: boolean
  /** Commands sent since the last one that asked about a name in doubt or applied for. */
  sinceAsked: number
  outlook: Outlook
}
