import { Refusal } from '@droplock/rules/refusals'

/** The stream as long as it has no more than `bytesMax`. Throws Refusal('request_too_large') where it goes on. */
export async function* limited(
  source: AsyncIterable<Uint8Array>,
  bytesMax: number,
): AsyncGenerator<Uint8Array> {
  let bytes = 0
  for await (const chunk of source) {
    bytes += chunk.length
    if (bytes > bytesMax) {
      throw new Refusal('request_too_large', `The file may have ${bytesMax} bytes.`, { bytes_max: bytesMax })
    }
    yield chunk
  }
}
