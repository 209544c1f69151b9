/** The body of an answer. A failure breaks the connection off, so that the client continues at another. */
export function streamBody(
  stream: { readonly leave: () => void },
  texts: AsyncGenerator<string>,
): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder()
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        try {
          const { done, value } = await texts.next()
          if (done !== true) return controller.enqueue(encoder.encode(value))
          stream.leave()
          return controller.close()
        } catch (error) {
          stream.leave()
          throw error
        }
      },
      // It waits for the queue.
      cancel: stream.leave,
    },
    { highWaterMark: 0 },
  )
}
