/**
 * Text as it is made, piece by piece: the next is made when the one before was taken, so a slow reader holds one in memory.
 * The first is made before this returns: what refuses the request is still a problem. Later trouble breaks the connection
 * off, so that nobody takes a part for the whole; a reader who goes away ends the making.
 */
export async function streamText(pieces: AsyncGenerator<string>): Promise<ReadableStream<Uint8Array>> {
  const encoder = new TextEncoder()
  let next = await pieces.next()
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        if (next.done === true) return controller.close()
        controller.enqueue(encoder.encode(next.value))
        next = await pieces.next()
      },
      async cancel() {
        await pieces.return(undefined)
      },
    },
    { highWaterMark: 0 },
  )
}
