/** What a stream may take, and what is done when it has ended, however it did. */
type StreamBounds = {
  /** The whole of it. Milliseconds. */
  readonly msMax: number
  /** A reader takes a piece within this; one who never comes is noticed by it too. Milliseconds. */
  readonly pieceMsMax: number
  readonly onEnd: () => void
}

/**
 * Text as it is made, piece by piece: the next is made when the one before was taken, so a slow reader holds one in memory.
 * The first is made before this returns: what refuses the request is still a problem. Later trouble breaks the connection
 * off, so that nobody takes a part for the whole; a reader who goes away, or is too slow, ends the making.
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
