import type { Context } from '@droplock/core/context'
import { acquireLease, type Lease, releaseLease, renewLease } from '@droplock/core/leases'
import type { Failures } from '@droplock/epp/pool/failures'
import { type Change, createChange, pause } from '../loops.ts'

/** Releasing a lease only saves the successor a wait, so it does not wait long for an unavailable database. */
const RELEASE_MS_MAX = 2_000

export type LeaseRule = {
  readonly leaseMs: number
  readonly renewEveryMs: number
  /** Sending stops this long before the lease ends: the registry cannot reject frames of a former holder, so the sender must stop. */
  readonly marginMs: number
}

/** A lease that renews itself. `maySend` is checked before every send; `lost` aborts when the lease is lost. */
export type HeldLease = {
  readonly lease: Lease
  readonly maySend: () => boolean
  /** Resolves at the next renewal, after `ms`, or when the signal aborts. */
  readonly renewed: Change['wait']
  readonly lost: AbortSignal
  /**
   * Reserves what may be spent of the account's budget with each renewal from now on, the first time at once: until then nothing
   * is spent. `moreOf`: how many commands that may fail until the next renewal.
   */
  readonly reserve: (failures: Failures, moreOf: () => number) => Promise<void>
  /** Stops renewing and releases the lease. Call it after the last session is closed. */
  readonly release: () => Promise<void>
}

type Deps = {
  readonly ctx: Context
  readonly owner: string
  readonly rule: LeaseRule
  readonly monotonicMs: () => number
}

/** Tries once to acquire the lease of a registry account; undefined while another catcher has it. */
export async function tryAcquireLease(deps: Deps, accountId: string): Promise<HeldLease | undefined> {
  const askedMs = deps.monotonicMs()
  const lease = await acquireLease(deps.ctx, accountId, deps.owner, deps.rule.leaseMs)
  return lease && keepLease(deps, lease, askedMs)
}

/** The end of the lease is counted from before each query, since its answer may take long. */
function keepLease(deps: Deps, lease: Lease, askedMs: number): HeldLease {
  const { ctx, rule, monotonicMs } = deps
  const lost = new AbortController()
  const stopped = new AbortController()
  const renewal = createChange()
  let expiresMs = askedMs + rule.leaseMs
  const maySend = () => !lost.signal.aborted && monotonicMs() < expiresMs - rule.marginMs
  let reserving: ((more?: number) => ReturnType<Failures['reserve']>) | undefined
  let renewed: Promise<boolean | undefined> = Promise.resolve(true)
  const renewing = renewUntilLost()
  return {
    lease,
    maySend,
    renewed: renewal.wait,
    lost: lost.signal,
    reserve: async (failures, moreOf) => {
      failures.reserve(0).keep()
      reserving = (more = moreOf()) => failures.reserve(more)
      await renew()
    },
    release: async () => {
      stopped.abort()
      await renewing
      if (lost.signal.aborted) return
      const released = releaseLease(ctx, lease, reserving?.(0).count).catch(() => undefined) // it ends by itself
      await within(RELEASE_MS_MAX, released)
    },
  }

  async function renewUntilLost(): Promise<void> {
    while (!stopped.signal.aborted) {
      await pause(rule.renewEveryMs, stopped.signal)
      if (stopped.signal.aborted) return
      const held = await renew()
      if (held === false || monotonicMs() >= expiresMs) return lost.abort(new Error('the lease was lost'))
    }
  }

  /** One after the other: what was reserved last is what the database has. */
  function renew(): Promise<boolean | undefined> {
    renewed = renewed.then(renewNow)
    return renewed
  }

  async function renewNow(): Promise<boolean | undefined> {
    const renewedMs = monotonicMs()
    const reserved = reserving?.()
    const asked = renewLease(ctx, lease, rule.leaseMs, reserved?.count).catch(() => undefined)
    // A late answer must not delay the detection of the lease's end.
    const held = await within(Math.max(1, expiresMs - renewedMs), asked)
    if (held !== true) return held
    expiresMs = renewedMs + rule.leaseMs
    reserved?.keep()
    renewal.announce()
    return held
  }
}

/** The result of `work`, or undefined when it takes longer than `ms`. */
async function within<Result>(ms: number, work: Promise<Result>): Promise<Result | undefined> {
  const late = new AbortController()
  const result = await Promise.race([work, pause(ms, late.signal).then(() => undefined)])
  late.abort()
  return result
}
