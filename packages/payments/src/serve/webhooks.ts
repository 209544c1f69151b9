/** Deliveries at the same time: enough to show a receiver that order is not kept, few enough not to flood it. */
const inFlightMax = 8

/** A receiver that does not answer within this has not got it. Milliseconds. */
const answerMsMax = 10_000

/** Waits before tries 2, 3, …; after the last the event stays undelivered until the next start. Milliseconds. */
const backoffMs: readonly number[] = [250, 1_000, 4_000, 15_000, 60_000]

/** A body ready to be sent, and the headers that sign it anew for each try. */
type Letter = { readonly eventId: string; readonly body: string }

/** Where events go; a function where the receiver starts after the sender. Nothing is sent while there is none. */
export type WebhookTarget = string | (() => string | undefined)

type WebhookOptions = {
  readonly target: WebhookTarget | undefined
  sign(body: string): Readonly<Record<string, string>>
  /** The receiver has answered 2xx. */
  delivered(eventId: string): void
}

export type WebhookSender = {
  /** Sends it now or as soon as there is room, and again until it is acknowledged: at least once, in any order. */
  send(letter: Letter): void
  /** Ends when nothing is on its way; waits for tries, not for the pauses between them. */
  idle(): Promise<void>
  stop(): void
}

export function createWebhookSender({ target, sign, delivered }: WebhookOptions): WebhookSender {
  const waiting: { letter: Letter; tries: number }[] = []
  const running = new Set<Promise<void>>()
  const timers = new Set<NodeJS.Timeout>()
  const stopping = new AbortController()

  const urlNow = () => (typeof target === 'function' ? target() : target)
  const attempt = async (url: string, letter: Letter, tries: number) => {
    if (await post(url, letter.body, sign(letter.body), stopping.signal)) return delivered(letter.eventId)
    const pauseMs = backoffMs[tries]
    if (pauseMs === undefined || stopping.signal.aborted) return
    const timer = setTimeout(() => {
      timers.delete(timer)
      waiting.push({ letter, tries: tries + 1 })
      pump()
    }, pauseMs)
    timers.add(timer.unref())
  }
  const pump = () => {
    const url = urlNow()
    if (url === undefined) return
    while (running.size < inFlightMax && !stopping.signal.aborted) {
      const next = waiting.shift()
      if (next === undefined) return
      const run = attempt(url, next.letter, next.tries).finally(() => {
        running.delete(run)
        pump()
      })
      running.add(run)
    }
  }
  return {
    send: (letter) => {
      if (urlNow() === undefined) return
      waiting.push({ letter, tries: 0 })
      pump()
    },
    idle: async () => {
      while (running.size > 0) await Promise.allSettled(running)
    },
    stop: () => {
      stopping.abort()
      for (const timer of timers) clearTimeout(timer)
    },
  }
}

async function post(
  url: string,
  body: string,
  signature: Readonly<Record<string, string>>,
  stopping: AbortSignal,
): Promise<boolean> {
  try {
    const { ok } = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json; charset=utf-8', ...signature },
      body,
      signal: AbortSignal.any([stopping, AbortSignal.timeout(answerMsMax)]),
    })
    return ok
  } catch {
    return false
  }
}
