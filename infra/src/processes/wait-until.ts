import { setTimeout as wait } from 'node:timers/promises'

type Condition = () => boolean | Promise<boolean>

type Waiting = {
  /** The pause between two looks. */
  readonly everyMs: number
  /** Without end unless given. */
  readonly msMax?: number
  readonly signal?: AbortSignal
}

/** Looks until the condition holds; false when it does not within `msMax`. Rejects with the reason of `signal`. */
export async function holdsWithin(
  { everyMs, msMax = Number.POSITIVE_INFINITY, signal }: Waiting,
  condition: Condition,
): Promise<boolean> {
  const deadlineMs = performance.now() + msMax
  while (!(await condition())) {
    if (performance.now() > deadlineMs) return false
    await wait(everyMs, undefined, { signal })
  }
  return true
}

/** Often enough for a person who watches, seldom enough for the servers that are asked. */
const EVERY_MS = 150

/** Waits for a condition. Throws, naming `what`, when it does not hold within `msMax`; or when `signal` is aborted. */
export async function waitUntil(
  what: string,
  msMax: number,
  signal: AbortSignal,
  condition: Condition,
): Promise<void> {
  if (!(await holdsWithin({ everyMs: EVERY_MS, msMax, signal }, condition)))
    throw new Error(`${what} did not come within ${msMax} ms`)
}
