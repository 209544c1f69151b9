import type { Octets } from '@droplock/feeds/intake/inflate'

/** Counts a list's octets as they are read. `total`: null where it is not known. */
export function countOctets(octets: Octets, total: number | null) {
  let read = 0
  async function* counted() {
    for await (const chunk of octets) {
      if (typeof chunk !== 'symbol') read += chunk.length
      yield chunk
    }
  }
  return { octets: counted(), progress: () => ({ read, total }) }
}
