import { Refusal } from '@droplock/rules/refusals'

/**
 * The body as long as it has no more than `bytesMax` and `signal` does not abort. Throws Refusal('request_too_large') where it
 * goes on, and the signal's reason, also while nothing comes.
 */
export async function* limited(
  body: ReadableStream<Uint8Array>,
  bytesMax: number,
  signal: AbortSignal,
): AsyncGenerator<Uint8Array> {
  const reader = body.getReader()
  // A reading that waits for a sender who is silent ends by this.
  const giveUp = () => void reader.cancel(signal.reason).catch(() => undefined)
  signal.addEventListener('abort', giveUp, { once: true })
  try {
    let bytes = 0
    for (;;) {
      const { done, value } = await reader.read()
      signal.throwIfAborted()
      if (done) return
      bytes += value.length
      if (bytes > bytesMax) {
        throw new Refusal('request_too_large', `The file may have ${bytesMax} bytes.`, {
          bytes_max: bytesMax,
        })
      }
      yield value
    }
  } finally {
    signal.removeEventListener('abort', giveUp)
    await reader.cancel().catch(() => undefined)
  }
}
