/** The first line and a little more. Bytes. */
const headBytesMax = 4_096

type Peeked = { readonly head: Uint8Array; readonly octets: AsyncIterable<Uint8Array> }

/** The start of a stream, and the whole of it: what was read for the start is not lost. Throws what the stream throws. */
export async function peek(source: AsyncIterable<Uint8Array>): Promise<Peeked> {
  const iterator = source[Symbol.asyncIterator]()
  const read: Uint8Array[] = []
  let bytes = 0
  while (bytes < headBytesMax) {
    const { done, value } = await iterator.next()
    if (done === true) break
    read.push(value)
    bytes += value.length
  }
  async function* octets(): AsyncGenerator<Uint8Array> {
    yield* read
    yield* { [Symbol.asyncIterator]: () => iterator }
  }
  return { head: Buffer.concat(read).subarray(0, headBytesMax), octets: octets() }
}
