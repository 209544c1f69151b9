import { setTimeout as delay } from 'node:timers/promises'
import type { Context } from '@droplock/core/context'
import { acquireLease, type Lease } from '@droplock/core/leases/acquire'
import { releaseLease } from '@droplock/core/leases/release'
import { renewLease } from '@droplock/core/leases/renew'

export type LeaseRule = {
  readonly leaseMs: number
  readonly renewEveryMs: number
  /** Sending stops this long before the lease ends: an EPP frame cannot be fenced at the registry, so its sender is. */
  readonly marginMs: number
}

/** A lease that renews itself. `maySend` is asked before every send; `lost` fires when it is gone for good. */
export type HeldLease = {
  readonly lease: Lease
  readonly maySend: () => boolean
  readonly lost: AbortSignal
  /** Stops renewing and gives the lease back. Call it after the last session is closed. */
  readonly release: () => Promise<void>
}

type Deps = {
  readonly ctx: Context
  readonly owner: string
  readonly rule: LeaseRule
  readonly monotonicMs: () => number
}

/** Tries once to take the lease of a registry account; undefined while another catcher holds it. */
export async function takeLease(deps: Deps, accountId: string): Promise<HeldLease | undefined> {
  const askedMs = deps.monotonicMs()
  const lease = await acquireLease(deps.ctx, accountId, deps.owner, deps.rule.leaseMs)
  return lease && keepLease(deps, lease, askedMs)
}

/** The lease's end is counted from before each question was asked: the answer may have been long under way. */
function keepLease(deps: Deps, lease: Lease, askedMs: number): HeldLease {
  const { rule, monotonicMs } = deps
  const lost = new AbortController()
  const stopped = new AbortController()
  let expiresMs = askedMs + rule.leaseMs
  const maySend = () => !lost.signal.aborted && monotonicMs() < expiresMs - rule.marginMs
  const renewing = renewUntilLost()
  return {
    lease,
    maySend,
    lost: lost.signal,
    release: async () => {
      stopped.abort()
      await renewing
      await releaseLease(deps.ctx, lease).catch(() => undefined) // it ends by itself
    },
  }

  async function renewUntilLost(): Promise<void> {
    while (!stopped.signal.aborted) {
      await delay(rule.renewEveryMs, undefined, { signal: stopped.signal }).catch(() => undefined)
      if (stopped.signal.aborted) return
      const renewedMs = monotonicMs()
      const held = await renewLease(deps.ctx, lease, rule.leaseMs).catch(() => 'unreachable' as const)
      if (held === true) expiresMs = renewedMs + rule.leaseMs
      const gone = held === false || monotonicMs() >= expiresMs
      if (gone) return lost.abort()
    }
  }
}
