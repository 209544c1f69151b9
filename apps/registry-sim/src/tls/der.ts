/** Just enough DER (X.690) to write a certificate: tag, length, content. */

function length(octets: number): Buffer {
  if (octets < 0x80) return Buffer.of(octets)
  const bytes: number[] = []
  for (let rest = octets; rest > 0; rest >>= 8) bytes.unshift(rest & 0xff)
  return Buffer.of(0x80 | bytes.length, ...bytes)
}

function node(tag: number, content: Buffer): Buffer {
  return Buffer.concat([Buffer.of(tag), length(content.length), content])
}

export const sequence = (...items: readonly Buffer[]) => node(0x30, Buffer.concat(items))
export const set = (...items: readonly Buffer[]) => node(0x31, Buffer.concat(items))
export const octetString = (content: Buffer) => node(0x04, content)
export const bitString = (content: Buffer) => node(0x03, Buffer.concat([Buffer.of(0), content]))
/** A BIT STRING of flags; `unused` low bits of the octet do not count. */
export const flags = (octet: number, unused: number) => node(0x03, Buffer.of(unused, octet))
export const utf8 = (text: string) => node(0x0c, Buffer.from(text, 'utf8'))
export const yes = () => node(0x01, Buffer.of(0xff))
export const context = (tag: number, content: Buffer) => node(0xa0 | tag, content)
export const contextPrimitive = (tag: number, content: Buffer) => node(0x80 | tag, content)

/** A non-negative INTEGER from big-endian octets; a leading zero keeps it positive. */
export function integer(octets: Buffer): Buffer {
  const positive = (octets[0] ?? 0) & 0x80 ? Buffer.concat([Buffer.of(0), octets]) : octets
  return node(0x02, positive)
}

/** OBJECT IDENTIFIER from its dotted form. */
export function oid(dotted: string): Buffer {
  const [first = 0, second = 0, ...rest] = dotted.split('.').map(Number)
  const bytes = [first * 40 + second]
  for (const arc of rest) {
    const groups = [arc & 0x7f]
    for (let left = arc >> 7; left > 0; left >>= 7) groups.unshift(0x80 | (left & 0x7f))
    bytes.push(...groups)
  }
  return node(0x06, Buffer.from(bytes))
}

/** UTCTime, or GeneralizedTime from 2050 on (RFC 5280 §4.1.2.5). */
export function time(at: Date): Buffer {
  const digits = at.toISOString().replaceAll(/[-:T]/g, '').slice(0, 14)
  return at.getUTCFullYear() < 2050
    ? node(0x17, Buffer.from(`${digits.slice(2)}Z`))
    : node(0x18, Buffer.from(`${digits}Z`))
}
