/** Octets of the length header, which counts itself (RFC 5734 §4). */
export const HEADER_OCTETS = 4

/** The smallest data unit is a header and one octet of XML. */
const FRAME_OCTETS_MIN = HEADER_OCTETS + 1

/** Real answers, including long poll messages, stay below 100 kB. What is much larger is not EPP, or an attack on memory. */
export const FRAME_OCTETS_MAX = 1_048_576

/** The stream is not EPP any more, so the connection is useless. */
export class FramingError extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'FramingError'
  }
}

/**
 * One EPP data unit: header and XML in one buffer, so that they are sent in one write and mostly in one TLS record.
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

/** How much of a text that is not EPP the error quotes. */
const EXCERPT_OCTETS_MAX = 80

/**
 * Splits a byte stream into EPP data units, whatever the chunks in which it arrives. Each octet is copied once; memory is
 * bounded by `FRAME_OCTETS_MAX`. RFC 5734 §4.
 */
export class FrameDecoder {
  readonly #header = Buffer.alloc(HEADER_OCTETS)
  #headerFilled = 0
  #body: Buffer | undefined
  #bodyFilled = 0

  /**
   * Calls `onFrame` with the XML of every data unit that `chunk` completes. Throws `FramingError` when the stream is not EPP,
   * after the complete units before that.
   */
  push(chunk: Uint8Array, onFrame: (xml: Buffer) => void): void {
    let at = 0
    while (at < chunk.length) {
      at += this.#body === undefined ? this.#fillHeader(chunk, at) : this.#fillBody(this.#body, chunk, at)
      if (this.#body !== undefined && this.#bodyFilled === this.#body.length) {
        const complete = this.#body
        this.#body = undefined
        this.#headerFilled = 0
        onFrame(complete)
      }
    }
  }

  /** Whether the stream is between two data units, so that its end truncates nothing. */
  get atBoundary(): boolean {
    return this.#headerFilled === 0
  }

  #fillHeader(chunk: Uint8Array, at: number): number {
    const taken = Math.min(HEADER_OCTETS - this.#headerFilled, chunk.length - at)
    this.#header.set(chunk.subarray(at, at + taken), this.#headerFilled)
    this.#headerFilled += taken
    if (this.#headerFilled < HEADER_OCTETS) return taken
    const total = this.#header.readUInt32BE()
    if (total < FRAME_OCTETS_MIN || total > FRAME_OCTETS_MAX) {
      throw new FramingError(diagnose(total, this.#header, chunk.subarray(at + taken)))
    }
    this.#body = Buffer.allocUnsafe(total - HEADER_OCTETS)
    this.#bodyFilled = 0
    return taken
  }

  #fillBody(body: Buffer, chunk: Uint8Array, at: number): number {
    const taken = Math.min(body.length - this.#bodyFilled, chunk.length - at)
    body.set(chunk.subarray(at, at + taken), this.#bodyFilled)
    this.#bodyFilled += taken
    return taken
  }
}

/** Describes the most likely cause of an impossible length. Operators see these when their address is not listed at the registry. */
function diagnose(total: number, header: Uint8Array, rest: Uint8Array): string {
  const claim = `the peer announced a frame of ${total} octets (allowed ${FRAME_OCTETS_MIN} to ${FRAME_OCTETS_MAX})`
  const [first = 0, second = 0] = header
  if (first >= 0x14 && first <= 0x17 && second === 0x03)
    return `${claim}; it looks like a TLS record: TLS noise`
  const text = Buffer.concat([header, rest.subarray(0, EXCERPT_OCTETS_MAX)])
  if (header.every(isPrintable)) {
    const excerpt = [...text].map((octet) => (isPrintable(octet) ? String.fromCharCode(octet) : ' ')).join('')
    return `${claim}; it looks like a plain text refusal: "${excerpt.trim()}" (is our address listed there?)`
  }
  return claim
}

function isPrintable(octet: number): boolean {
  return octet >= 0x20 && octet < 0x7f
}
