import type { Context } from '@droplock/core/context'
import type { RegistrarPool } from '@droplock/epp/pool/pool'
import type { Logger } from '@droplock/observability/logger'
import type { Board } from '../board/board.ts'
import type { Alarms } from '../drive/alarms.ts'
import type { HeldLease } from '../drive/keep-lease.ts'
import type { RegistryMs } from '../plan/target.ts'

/** What serving requests has of the account that is driven. */
export type Serving = {
  readonly ctx: Context
  readonly log: Logger
  readonly account: { readonly id: string; readonly clid: string; readonly commandsPerSecondMax: number }
  readonly board: Board
  readonly pool: RegistrarPool
  readonly lease: HeldLease
  readonly alarms: Alarms
  readonly registryNowMs: () => RegistryMs
  readonly newClTRID: () => string
}
