import { setTimeout as delay } from 'node:timers/promises'

/** Waits for a condition, checking often. Throws after `withinMs`. */
export async function waitUntil(
  what: string,
  condition: () => Promise<boolean>,
  withinMs = 60_000,
): Promise<void> {
  const lastMs = performance.now() + withinMs
  while (!(await condition())) {
    if (performance.now() > lastMs) throw new Error(`not within ${withinMs} ms: ${what}`)
    await delay(20)
  }
}
