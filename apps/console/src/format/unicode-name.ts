/** RFC 3492 §5: the parameters of Punycode. */
const base = 36
const tMin = 1
const tMax = 26
const skew = 38
const damp = 700
const biasFirst = 72
const codePointFirst = 128

/**
 * The U-label form of a name, or `undefined` where it has none. Only a form that the browser maps back to the same
 * A-labels is shown: any other would tell an operator of a name that nobody ordered.
 */
export function unicodeName(name: string): string | undefined {
  if (!/(^|\.)xn--/.test(name)) return undefined
  const unicode = name
    .split('.')
    .map((label) => (label.startsWith('xn--') ? decodePunycode(label.slice(4)) : label))
    .join('.')
  return URL.canParse(`http://${unicode}`) && new URL(`http://${unicode}`).hostname === name
    ? unicode
    : undefined
}

/** RFC 3492 §6.2. What is malformed gives some text that does not map back, and so is never shown. */
function decodePunycode(encoded: string): string {
  const split = encoded.lastIndexOf('-')
  const output = split === -1 ? [] : Array.from(encoded.slice(0, split), (letter) => letter.charCodeAt(0))
  const digits = Array.from(encoded.slice(split + 1), digitOf)
  let codePoint = codePointFirst
  let bias = biasFirst
  let index = 0
  for (let at = 0; at < digits.length; ) {
    const before = index
    let weight = 1
    for (let k = base; ; k += base) {
      const digit = digits[at++]
      if (digit === undefined) return encoded
      index += digit * weight
      const threshold = Math.min(Math.max(k - bias, tMin), tMax)
      if (digit < threshold) break
      weight *= base - threshold
    }
    const length = output.length + 1
    bias = adapt(index - before, length, before === 0)
    codePoint += Math.floor(index / length)
    index %= length
    if (codePoint > 0x10_ffff) return encoded
    output.splice(index++, 0, codePoint)
  }
  return String.fromCodePoint(...output)
}

function digitOf(letter: string): number | undefined {
  const digit = '0123456789abcdefghijklmnopqrstuvwxyz'.indexOf(letter)
  // Letters are 0 to 25, digits 26 to 35.
  return digit === -1 ? undefined : (digit + 26) % base
}

/** RFC 3492 §6.1. */
function adapt(delta: number, length: number, isFirst: boolean): number {
  let rest = Math.floor(delta / (isFirst ? damp : 2))
  rest += Math.floor(rest / length)
  let k = 0
  for (; rest > ((base - tMin) * tMax) / 2; k += base) rest = Math.floor(rest / (base - tMin))
  return k + Math.floor(((base - tMin + 1) * rest) / (rest + skew))
}
