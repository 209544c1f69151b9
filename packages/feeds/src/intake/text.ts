/** Decodes a list's text as it arrives: by its byte order mark (UTF-8 or UTF-16), else as UTF-8. The mark is not a part of the text. */
type Decoder = {
  push(chunk: Uint8Array): string
  end(): string
}

/** Octets that show which mark there is. */
const MARK_OCTETS = 2

/** Octets that are not UTF-8 become U+FFFD, which no name contains. */
export function createDecoder(): Decoder {
  let held: Uint8Array = new Uint8Array(0)
  let decoder: InstanceType<typeof TextDecoder> | undefined
  return {
    push(chunk) {
      if (decoder !== undefined) return decoder.decode(chunk, { stream: true })
      held = held.length === 0 ? chunk : Buffer.concat([held, chunk])
      if (held.length < MARK_OCTETS) return ''
      decoder = new TextDecoder(encodingOf(held))
      return decoder.decode(held, { stream: true })
    },
    end: () => (decoder === undefined ? new TextDecoder().decode(held) : decoder.decode()),
  }
}

function encodingOf(head: Uint8Array): 'utf-8' | 'utf-16le' | 'utf-16be' {
  if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le'
  if (head[0] === 0xfe && head[1] === 0xff) return 'utf-16be'
  return 'utf-8'
}

/** Text of the start of a list, which may end within a character. */
export function decodeHead(head: Uint8Array): string {
  return new TextDecoder(encodingOf(head)).decode(head, { stream: true })
}

/** In UTF-16 every other octet of Latin text is NUL; some NULs in a list are damage, and cost their rows alone. */
const NUL_SHARE_MAX = 0.3
/** Compressed or otherwise binary data has about one octet in nine. */
const CONTROL_SHARE_MAX = 0.05
const NUL = 0
const CONTROL_LAST = 0x1f
const lineCharacters: ReadonlySet<number> = new Set([0x09, 0x0a, 0x0d])

/** Why the start of a file is no text; undefined where it is. UTF-16 has to have its byte order mark. */
export function notText(head: Uint8Array): string | undefined {
  if (encodingOf(head) !== 'utf-8') return undefined
  let [nuls, controls] = [0, 0]
  for (const octet of head) {
    if (octet === NUL) nuls += 1
    if (octet <= CONTROL_LAST && !lineCharacters.has(octet)) controls += 1
  }
  if (nuls > head.length * NUL_SHARE_MAX) return 'The file is UTF-16 without a byte order mark, or binary.'
  if (controls > head.length * CONTROL_SHARE_MAX && !isUtf8(head)) return 'The file is binary.'
  return undefined
}

function isUtf8(head: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(head, { stream: true })
    return true
  } catch {
    return false
  }
}
