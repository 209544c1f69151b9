import { setTimeout as delay } from 'node:timers/promises'
import type { Context } from '@droplock/core/context'
import { takeDueRequest } from '@droplock/core/registry-requests/take-due'
import type { RegistrarPool } from '@droplock/epp/pool/pool'
import type { Logger } from '@droplock/observability/logger'
import type { Board } from '../board/board.ts'
import type { HeldLease } from '../drive/keep-lease.ts'
import type { RegistryMs } from '../plan/target.ts'
import { mayServe, type RequestRule } from './may-serve.ts'
import { serveRenewal } from './renew.ts'

/** What serving requests has of the account that is driven. */
export type Serving = {
  readonly ctx: Context
  readonly log: Logger
  readonly account: { readonly id: string; readonly clid: string; readonly commandsPerSecondMax: number }
  readonly board: Board
  readonly pool: RegistrarPool
  readonly lease: HeldLease
  readonly registryNowMs: () => RegistryMs
  readonly newClTRID: () => string
}

/**
 * Serves what others ask of the registry account, one after the other, until the signal aborts: in quiet times, and within a
 * reserved share while it fires. What fails is logged and found again.
 */
export async function serveRequests(
  on: Serving,
  rule: RequestRule & { readonly fireLeadMs: number },
  signal: AbortSignal,
): Promise<void> {
  let lastServedMs = -Infinity
  while (!signal.aborted) {
    const { commandsPerSecondMax } = on.account
    const facts = {
      targets: on.board.all(),
      fireLeadMs: rule.fireLeadMs,
      commandsPerSecondMax,
      lastServedMs,
    }
    const served = mayServe(facts, on.registryNowMs()) && (await serveOne(on))
    if (served) lastServedMs = on.registryNowMs()
    else await delay(rule.everyMs, undefined, { signal }).catch(() => undefined)
  }
}

/** Whether there was one, and it was served without trouble of our own. */
async function serveOne(on: Serving): Promise<boolean> {
  try {
    const request = await takeDueRequest(on.ctx, on.account.id)
    if (request === undefined || !on.lease.maySend()) return false
    await serveRenewal(on, request)
    return true
  } catch (error) {
    on.log.error({ event: 'request.failed', err: error })
    return false
  }
}
