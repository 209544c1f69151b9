/** RFC 5734 §4: a 32-bit big-endian length that counts its own four octets, then the XML document. */

const HEADER_OCTETS = 4
/** Commands at a drop have about 1 kB, a check of many names has a few. */
const FRAME_OCTETS_MAX = 64 * 1024

class FrameFault extends Error {}

/** Header and document in one buffer, so that they are sent in one write. */
export function encodeFrame(xml: string): Buffer {
  const octets = HEADER_OCTETS + Buffer.byteLength(xml)
  const frame = Buffer.allocUnsafe(octets)
  frame.writeUInt32BE(octets, 0)
  frame.write(xml, HEADER_OCTETS, 'utf8')
  return frame
}

export type FrameReader = (chunk: Buffer, onDocument: (document: Buffer) => void) => void

/**
 * Joins chunks into complete documents. Throws `FrameFault` on an impossible length, after the complete documents before it,
 * and must not be used after that.
 */
export function makeFrameReader(): FrameReader {
  let pending: Buffer = Buffer.alloc(0)
  return (chunk, onDocument) => {
    pending = pending.length === 0 ? chunk : Buffer.concat([pending, chunk])
    while (pending.length >= HEADER_OCTETS) {
      const octets = pending.readUInt32BE(0)
      if (octets <= HEADER_OCTETS || octets > FRAME_OCTETS_MAX)
        throw new FrameFault(`frame of ${octets} octets`)
      if (pending.length < octets) break
      const document = pending.subarray(HEADER_OCTETS, octets)
      pending = pending.subarray(octets)
      onDocument(document)
    }
  }
}
