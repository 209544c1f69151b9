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
  }
  readonly store: TargetStore
  readonly pool: RegistrarPool
  readonly lease: HeldLease
  readonly alarms: Alarms
  readonly registryNowMs: () => RegistryMs
  readonly newClTRID: () => string
  readonly newAuthInfo: () => string
}

/** The deciding answer, as it is stored. */
export type DecidingResult = { readonly code: number | null; readonly svTRID: string | null }

export const NO_RESULT: DecidingResult = { code: null, svTRID: null }

export function resultOf(answer: Answer<unknown>): DecidingResult {
  return answer.kind === 'answered' ? { code: answer.code, svTRID: answer.svTRID } : NO_RESULT
}

/** The context for writing while the lease is held. Throws when it is over: a successor may have sent another command by then. */
export function heldContext({ ctx, lease }: Serving): Context {
  if (!lease.maySend()) throw new Error('the lease is over')
  return ctx
}

/** The last check before a command is sent: throws when the lease is over. */
export function guard({ lease }: Serving): OnSend {
  return () => {
    if (!lease.maySend()) throw new Error('the lease is over')
  }
}
