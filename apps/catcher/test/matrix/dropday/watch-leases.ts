import { setTimeout as delay } from 'node:timers/promises'
import type { Testbed } from '../../support/testbed.ts'

/** One lease of an account, as the database showed it. Times are epoch milliseconds, by the database's clock. */
export type LeaseSeen = {
  readonly accountId: string
  readonly owner: string
  readonly epoch: bigint
  /** Not before it was acquired: the earliest end that was seen, less its length. */
  readonly acquiredMs: number
  /** The latest end that was seen. */
  readonly endsMs: number
}

export type LeaseWatch = {
  /** In the order in which they were acquired. */
  readonly seen: () => readonly LeaseSeen[]
  /** The longest time between two looks: so long the machine stood still. */
  readonly silentMsMax: () => number
  /** Reads the rows now. Throws the database's errors. */
  readonly look: () => Promise<void>
  readonly stop: () => Promise<void>
}

const EVERY_MS = 100

/** Reads the leases of all accounts several times a second, also while the database is away for a while. */
export function watchLeases({ clone }: Pick<Testbed, 'clone'>, leaseMs: number): LeaseWatch {
  const leases = new Map<string, LeaseSeen>()
  const stopped = new AbortController()
  let lookedAtMs = performance.now()
  let silentMsMax = 0
  const look = async () => {
    const rows = await clone.db
      .selectFrom('registry_account')
      .select(['id', 'lease_owner', 'lease_epoch', 'lease_expires_at'])
      .execute()
    for (const { id, lease_owner: owner, lease_epoch: epoch, lease_expires_at: ends } of rows) {
      if (owner === null || ends === null) continue
      const known = leases.get(`${id} ${epoch}`)
      const endsMs = ends.getTime()
      leases.set(`${id} ${epoch}`, {
        accountId: id,
        owner,
        epoch: BigInt(epoch),
        acquiredMs: Math.min(known?.acquiredMs ?? Infinity, endsMs - leaseMs),
        endsMs: Math.max(known?.endsMs ?? 0, endsMs),
      })
    }
    const nowMs = performance.now()
    silentMsMax = Math.max(silentMsMax, nowMs - lookedAtMs)
    lookedAtMs = nowMs
  }
  const watching = (async () => {
    while (!stopped.signal.aborted) {
      await look().catch(() => undefined)
      await delay(EVERY_MS)
    }
  })()
  return {
    seen: () => [...leases.values()].toSorted((one, other) => one.acquiredMs - other.acquiredMs),
    silentMsMax: () => silentMsMax,
    look,
    stop: async () => {
      stopped.abort()
      await watching
    },
  }
}

/** The lease that an account's catcher holds now. */
export function lastLease(watch: LeaseWatch, accountId: string): LeaseSeen | undefined {
  return watch.seen().findLast((lease) => lease.accountId === accountId)
}
