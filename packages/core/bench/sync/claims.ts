import { setTimeout as sleep } from 'node:timers/promises'
import { placeBackorder } from '../../src/backorders/place.ts'
import type { AccountContext } from '../../src/context.ts'

/** A calm service: claims arrive by a clock, whatever the earlier ones took. */
const CLAIMS_PER_SECOND = 40

export type Claimed = { readonly dueMs: number; readonly tookMs: number }

/** Starts claims of these names, one after the other by the clock; `stop` returns when each was due and how long it took. Milliseconds. */
export function startClaims(accounts: readonly AccountContext[], names: Iterator<string>) {
  const stopping = new AbortController()
  const claimed: Claimed[] = []
  const failures: string[] = []
  const pending: Promise<void>[] = []
  const claim = async (name: string, account: AccountContext, dueMs: number) => {
    await placeBackorder(account, { name, payment: 'balance' }).catch((error: unknown) =>
      failures.push(String(error)),
    )
    claimed.push({ dueMs, tookMs: performance.now() - dueMs })
  }
  const run = async () => {
    const startedMs = performance.now()
    for (let count = 0; !stopping.signal.aborted; count += 1) {
      const dueMs = startedMs + (count * 1_000) / CLAIMS_PER_SECOND
      await sleep(Math.max(0, dueMs - performance.now()))
      const { value: name, done } = names.next()
      const account = accounts[count % accounts.length]
      if (done === true || account === undefined) return
      pending.push(claim(name, account, Math.max(dueMs, startedMs)))
    }
  }
  const running = run()
  return {
    stop: async () => {
      stopping.abort()
      await running
      await Promise.all(pending)
      return { claimed, tookMs: claimed.map(({ tookMs }) => tookMs), failures }
    },
  }
}
