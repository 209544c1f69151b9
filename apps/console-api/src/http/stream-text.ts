/** The time limits of a stream, and what is called when it has ended for any reason. */
type StreamBounds = {
  /** For the whole stream. Milliseconds. */
  readonly msMax: number
  /** For each piece to be read, the first included. Milliseconds. */
  readonly pieceMsMax: number
  readonly onEnd: () => void
}

/**
 * Streams text in pieces: each is made when the previous one has been read, so a slow client holds one in memory. The first piece is
 * made before this returns, so a refusal can still be answered as a problem. A later error closes the connection, so that a part is
 * not mistaken for the whole. A client that disconnects or is too slow ends the stream.
 */
export async function streamText(
  pieces: AsyncGenerator<string>,
  { msMax, pieceMsMax, onEnd }: StreamBounds,
): Promise<ReadableStream<Uint8Array>> {
  const encoder = new TextEncoder()
  const untilMs = performance.now() + msMax
  let next = await pieces.next()
  let timer: NodeJS.Timeout | undefined
  const end = async () => {
    clearTimeout(timer)
    timer = undefined
    onEnd()
    await pieces.return(undefined)
  }
  return new ReadableStream<Uint8Array>(
    {
      start() {
        timer = setTimeout(() => void end(), pieceMsMax)
      },
      async pull(controller) {
        try {
          if (timer === undefined) throw new Error(`no more of the file was read within ${pieceMsMax} ms`)
          if (next.done === true) {
            controller.close()
            return await end()
          }
          if (performance.now() > untilMs) throw new Error(`the file was not read within ${msMax} ms`)
          controller.enqueue(encoder.encode(next.value))
          next = await pieces.next()
          timer?.refresh()
        } catch (error) {
          await end()
          throw error
        }
      },
      cancel: end,
    },
    { highWaterMark: 0 },
  )
}
