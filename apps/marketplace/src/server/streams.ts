/** The streams of events that this server passes on to browsers. */
export type Streams = {
  /** The gateway's answer, piece by piece as it comes. It ends with the browser's connection, the gateway's, or this server. */
  readonly passOn: (answer: Response) => Response
  /** Ends them all, because the process is about to end: browsers connect again by themselves, and continue where they were. */
  readonly endAll: () => void
}

export function isStream(answer: Response): boolean {
  return answer.headers.get('content-type')?.startsWith('text/event-stream') === true
}

export function openStreams(): Streams {
  const open = new Set<ReadableStreamDefaultReader<Uint8Array>>()
  return {
    passOn: (answer) => {
      const reader = answer.body?.getReader()
      if (reader === undefined) return answer
      open.add(reader)
      const passed = new Response(
        bodyOf(reader, () => open.delete(reader)),
        answer,
      )
      // The connection ends with the stream, so that a process that is about to end waits for no further request on it.
      passed.headers.set('Connection', 'close')
      return passed
    },
    endAll: () => {
      for (const reader of open) void reader.cancel().catch(() => undefined)
    },
  }
}

/** Nothing is read ahead of the browser, so a slow one holds up the gateway's side, which is made for that (ADR 30). */
function bodyOf(
  reader: ReadableStreamDefaultReader<Uint8Array>,
  leave: () => void,
): ReadableStream<Uint8Array> {
  return new ReadableStream<Uint8Array>(
    {
      pull: async (controller) => {
        // Where the gateway broke off, the stream ends: the browser connects again, and continues after the last whole event.
        const { done, value } = await reader.read().catch(() => ({ done: true, value: undefined }) as const)
        if (!done) return controller.enqueue(value)
        leave()
        return controller.close()
      },
      cancel: () => {
        leave()
        return reader.cancel()
      },
    },
    { highWaterMark: 0 },
  )
}
