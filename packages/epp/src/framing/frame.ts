/** Octets of the length header, which counts itself (RFC 5734 §4). */
export const HEADER_OCTETS = 4

/** The smallest data unit is a header and one octet of XML. */
export const FRAME_OCTETS_MIN = HEADER_OCTETS + 1

/** Real answers stay below 100 kB, long poll messages included; what is far larger is not EPP, or an attack on memory. */
export const FRAME_OCTETS_MAX = 1_048_576

/** The stream can't be EPP any more: the connection is of no further use. */
export class FramingError extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'FramingError'
  }
}

/**
 * One EPP data unit: header and XML in one buffer, so that they leave in one write and, mostly, one TLS record.
 * Throws `FramingError` above `FRAME_OCTETS_MAX`. RFC 5734 §4.
 */
export function encodeFrame(...parts: readonly (string | Uint8Array)[]): Buffer {
  const bodies = parts.map((part) => (typeof part === 'string' ? Buffer.from(part, 'utf8') : part))
  const total = bodies.reduce((sum, body) => sum + body.length, HEADER_OCTETS)
  if (total < FRAME_OCTETS_MIN || total > FRAME_OCTETS_MAX) {
    throw new FramingError(`a frame of ${total} octets can't be sent`)
  }
  const header = Buffer.allocUnsafe(HEADER_OCTETS)
  header.writeUInt32BE(total)
  return Buffer.concat([header, ...bodies], total)
}
