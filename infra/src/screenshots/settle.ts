import type { Page, Request } from 'playwright-core'

/** A page that keeps reading is taken as it is after this long. */
const SETTLE_MS_MAX = 10_000

/** Between two answers of a page that reads one thing after another. */
const QUIET_MS = 120

/** What a page waits for; its stream of changes never ends. */
const awaited: ReadonlySet<string> = new Set(['document', 'script', 'stylesheet', 'fetch', 'xhr'])

/**
 * Waits until the page shows what it has asked for: nothing is on its way and nothing moves. Call it for a page once; the returned
 * function waits.
 */
export function watchPage(page: Page): () => Promise<void> {
  const onTheWay = new Set<Request>()
  page.on('request', (request) => void (awaited.has(request.resourceType()) && onTheWay.add(request)))
  page.on('requestfinished', (request) => void onTheWay.delete(request))
  page.on('requestfailed', (request) => void onTheWay.delete(request))
  return async () => {
    const until = Date.now() + SETTLE_MS_MAX
    let quietSince = Date.now()
    while (Date.now() < until && Date.now() - quietSince < QUIET_MS) {
      await page.evaluate('new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))')
      if (onTheWay.size > 0) quietSince = Date.now()
    }
    await page.evaluate(STILLNESS)
  }
}

/** Ends when every movement that has an end has ended. A text, because it runs in the page. */
const STILLNESS = `document.fonts.ready.then(() => Promise.allSettled(
  document.getAnimations()
    .filter((one) => Number.isFinite(Number(one.effect?.getComputedTiming().endTime)))
    .map((one) => one.finished)))
  .then(() => undefined)`
