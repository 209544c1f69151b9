import { setTimeout as wait } from 'node:timers/promises'

/** Asks again after this long. Milliseconds. */
const askEveryMs = 150

/** Asks until the answer is yes. Throws when it is not within `msMax`, saying `what` did not come, or when `stop` aborts. */
export async function waitUntil(
  what: string,
  msMax: number,
  stop: AbortSignal,
  isSo: () => Promise<boolean>,
): Promise<void> {
  const deadlineMs = performance.now() + msMax
  while (!(await isSo())) {
    if (performance.now() > deadlineMs) throw new Error(`${what} did not come within ${msMax} ms`)
    await wait(askEveryMs, undefined, { signal: stop })
  }
}
