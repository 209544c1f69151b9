/**
 * Seeded randomness. Every purpose has its own stream, keyed by words: what one purpose draws never changes
 * what another gets, and the order in which names are loaded does not matter.
 */
export type Random = () => number

/** FNV-1a over UTF-16 code units, with an extra mix so that similar keys give very different values. */
function hash(text: string, salt: number): number {
  let state = 0x811c9dc5 ^ salt
  for (let index = 0; index < text.length; index++) {
    state = Math.imul(state ^ text.charCodeAt(index), 0x01000193)
  }
  state = Math.imul(state ^ (state >>> 16), 0x85ebca6b)
  state = Math.imul(state ^ (state >>> 13), 0xc2b2ae35)
  return (state ^ (state >>> 16)) >>> 0
}

/** A stream of numbers in [0, 1), the same for the same seed and words (generator: sfc32). */
export function stream(seed: number, ...words: readonly string[]): Random {
  const key = `${seed}/${words.join('/')}`
  let a = hash(key, 1)
  let b = hash(key, 2)
  let c = hash(key, 3)
  let counter = 1
  const next = () => {
    const sum = (a + b + counter) | 0
    counter = (counter + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = ((c << 21) | (c >>> 11)) + sum
    c |= 0
    return (sum >>> 0) / 2 ** 32
  }
  // The first few outputs of sfc32 still depend visibly on the key.
  for (let round = 0; round < 12; round++) next()
  return next
}

/** A whole number in [min, max]. */
export function between(random: Random, min: number, max: number): number {
  return min + Math.floor(random() * (max - min + 1))
}

/** One of `items`; `undefined` only when there are none. */
export function pick<Item>(random: Random, items: readonly Item[]): Item | undefined {
  return items[Math.floor(random() * items.length)]
}
