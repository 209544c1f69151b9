import type { Places } from './places.ts'
import type { AdminCommand } from './run-admin-command.ts'
import type { Tally } from './run-installation.ts'

/** What every step is given. */
export type Scene = {
  readonly places: Places
  readonly admin: AdminCommand
  /** The same, through npm. */
  readonly npmAdmin: AdminCommand
  readonly tally: Tally
  readonly stop: AbortSignal
}
