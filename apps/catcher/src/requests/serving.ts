import type { AuthCodeSecrets } from '@droplock/core/auth-codes/derive'
import type { Context } from '@droplock/core/context'
import type { RegistrarPool } from '@droplock/epp/pool/pool'
import type { Logger } from '@droplock/observability/logger'
import type { Answer, OnSend } from '@droplock/rules/ports/registrar'
import type { Alarms } from '../drive/alarms.ts'
import type { HeldLease } from '../drive/keep-lease.ts'
import type { RegistryMs } from '../plan/target.ts'
import type { TargetStore } from '../targets/store.ts'

/** The parts of a leased account that serving requests needs. */
export type Serving = {
  readonly ctx: Context
  readonly log: Logger
  readonly account: {
    readonly id: string
    readonly clid: string
    readonly commandsPerSecondMax: number
    readonly commandsPerMinuteMax?: number | undefined
    /** Whether name servers are objects of their own at the registry, or attributes of the domain. */
    readonly nameServers: 'objects' | 'attributes'
  }
  readonly store: TargetStore
  readonly pool: RegistrarPool
  readonly lease: HeldLease
  readonly alarms: Alarms
  readonly registryNowMs: () => RegistryMs
  readonly newClTRID: () => string
  readonly newAuthInfo: () => string
  /** Derives the auth codes that holders request. Undefined: this catcher has no secret for them. */
  readonly authCodes: AuthCodeSecrets | undefined
}

/** The deciding answer, as it is stored. */
export type DecidingResult = { readonly code: number | null; readonly svTRID: string | null }

export const NO_RESULT: DecidingResult = { code: null, svTRID: null }

export function resultOf(answer: Answer<unknown>): DecidingResult {
  return answer.kind === 'answered' ? { code: answer.code, svTRID: answer.svTRID } : NO_RESULT
}

/** The context for writing while the lease is held. Throws when it is over: a successor may have sent another command by then. */
export function heldContext(on: Serving): Context {
  requireHeld(on)
  return on.ctx
}

/** Before a command that has no `onSend`. Throws when the lease is over. */
export function requireHeld({ lease }: Serving): void {
  if (!lease.maySend()) throw new Error('the lease is over')
}

/** The last check before a command is sent: throws when the lease is over. */
export function guard(on: Serving): OnSend {
  return () => requireHeld(on)
}
