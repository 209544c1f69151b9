import { createHash } from 'node:crypto'
import { SourceFailed } from './source-failed.ts'

/** What is known of a list once all its octets have passed. */
export type Measured = {
  /** Of the raw octets. */
  readonly sha256: Uint8Array
  readonly bytes: number
}

/**
 * Lets a list's octets pass to `sink` while they are counted and hashed. Throws SourceFailed('too_large') before the first octet
 * beyond `bytesMax` is passed on, and what `source` or `sink` throw.
 */
export async function measure(
  source: AsyncIterable<Uint8Array>,
  bytesMax: number,
  sink: (chunk: Uint8Array) => Promise<unknown> = async () => undefined,
): Promise<Measured> {
  const hash = createHash('sha256')
  let bytes = 0
  for await (const chunk of source) {
    if (bytes + chunk.length > bytesMax)
      throw new SourceFailed('too_large', `The list has more than ${bytesMax} bytes.`)
    bytes += chunk.length
    hash.update(chunk)
    await sink(chunk)
  }
  return { sha256: hash.digest(), bytes }
}
