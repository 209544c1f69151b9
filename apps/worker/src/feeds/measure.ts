import { createHash } from 'node:crypto'

/** What is known of a list once all its octets have passed. */
export type Measured = {
  /** Of the raw octets. */
  readonly sha256: Uint8Array
  readonly bytes: number
  /** The start of the list: its first line shows the format. */
  readonly head: Uint8Array
}

/** The first line and a little more. Bytes. */
const headBytesMax = 4_096

class ListTooLarge extends Error {
  override readonly name = 'ListTooLarge'
}

/**
 * Lets a list's octets pass to `sink` while they are counted and hashed. Throws `ListTooLarge` before the first octet
 * beyond `bytesMax` is passed on, and what `source` or `sink` throw.
 */
export async function measure(
  source: AsyncIterable<Uint8Array>,
  bytesMax: number,
  sink: (chunk: Uint8Array) => Promise<unknown> = async () => undefined,
): Promise<Measured> {
  const hash = createHash('sha256')
  const head: Uint8Array[] = []
  let bytes = 0
  for await (const chunk of source) {
    if (bytes + chunk.length > bytesMax) throw new ListTooLarge(`the list has more than ${bytesMax} bytes`)
    if (bytes < headBytesMax) head.push(chunk.subarray(0, headBytesMax - bytes))
    bytes += chunk.length
    hash.update(chunk)
    await sink(chunk)
  }
  return { sha256: hash.digest(), bytes, head: Buffer.concat(head) }
}
