import type { Credentials } from './commands/login.ts'
import type { AccountLimits, Inherited } from './pool/limits.ts'
import type { Demands } from './session/dialect.ts'
import type { SessionTimes } from './session/session.ts'
import type { Endpoint } from './session/wire.ts'

export type RegistrarTimes = SessionTimes & {
  /** How long `connectRegistrar` tries to get a first session. */
  readonly firstSessionMsMax: number
  /** How long `create`, `info` and `check` of the port wait for a slot. */
  readonly slotMsMax: number
}

/** One account at one registry, and the hosts of one phase. A host that only the drop uses is a pool of its own. */
export type RegistrarConfig = Demands & {
  readonly endpoint: Endpoint
  /** The registry's other hosts for the same purpose, tried in turn when one gives no connection. */
  readonly alternates?: readonly Endpoint[]
  readonly credentials: Credentials
  readonly limits: AccountLimits
  readonly times?: Partial<RegistrarTimes>
  readonly lang?: string
  /** URIs to log in with where the registry offers them; all that we speak when absent. */
  readonly extensions?: readonly string[]
  readonly inherited?: Inherited
}
