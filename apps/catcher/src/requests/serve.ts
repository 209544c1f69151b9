import { claimDueRequest } from '@droplock/core/registry-requests/claim-due'
import { pause } from '../board/board.ts'
import { serveContact } from './make-contact.ts'
import { mayServe, type RequestRule } from './may-serve.ts'
import { serveRenewal } from './renew.ts'
import type { Serving } from './serving.ts'

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
    else await pause(rule.everyMs, signal)
  }
}

/** Whether there was one, and it was served without trouble of our own. */
async function serveOne(on: Serving): Promise<boolean> {
  try {
    if (!on.lease.maySend()) return false
    const request = await claimDueRequest(on.ctx, on.account.id)
    if (request === undefined || !on.lease.maySend()) return false
    await (request.kind === 'renew' ? serveRenewal(on, request) : serveContact(on, request))
    return true
  } catch (error) {
    on.log.error({ event: 'request.failed', err: error })
    return false
  }
}
