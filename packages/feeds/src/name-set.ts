/** A set of names of lower-case ASCII with at most 253 characters. */
export type NameSet = {
  /** Adds a name. False where it is there already. */
  add(name: string): boolean
  readonly size: number
}

/** An octet for the length, then the name. */
const LENGTH_OCTETS = 1
const OCTETS_FIRST = 65_536
const SLOTS_FIRST = 4_096

/**
 * Names as octets one after another, and a table of where each begins (open addressing, at most half full): 40 bytes a name. A `Set` of
 * a million strings takes 150 MB, and twice that for a moment when it grows; the worker may use 300 MB for a list of a million rows.
 */
export function createNameSet(): NameSet {
  let octets = new Uint8Array(OCTETS_FIRST)
  let used = 0
  let size = 0
  /** Where a name begins, plus one; 0 is free. */
  let slots = new Uint32Array(SLOTS_FIRST)

  const isAt = (start: number, name: string): boolean => {
    if (octets[start] !== name.length) return false
    for (let index = 0; index < name.length; index += 1)
      if (octets[start + LENGTH_OCTETS + index] !== name.charCodeAt(index)) return false
    return true
  }
  /** The slot that has the name, or the free one where it belongs. */
  const slotOf = (name: string): number => {
    let slot = hashOf(name.length, (index) => name.charCodeAt(index)) & (slots.length - 1)
    for (let start = slots[slot] ?? 0; start !== 0; start = slots[slot] ?? 0) {
      if (isAt(start - 1, name)) return slot
      slot = (slot + 1) & (slots.length - 1)
    }
    return slot
  }
  const growTable = () => {
    slots = new Uint32Array(slots.length * 2)
    for (let start = 0; start < used; start += LENGTH_OCTETS + (octets[start] ?? 0)) {
      const first = start + LENGTH_OCTETS
      let slot = hashOf(octets[start] ?? 0, (index) => octets[first + index] ?? 0) & (slots.length - 1)
      while (slots[slot] !== 0) slot = (slot + 1) & (slots.length - 1)
      slots[slot] = start + 1
    }
  }
  const append = (name: string) => {
    const end = used + LENGTH_OCTETS + name.length
    if (end > octets.length) {
      const larger = new Uint8Array(Math.max(end, Math.ceil(octets.length * 1.5)))
      larger.set(octets)
      octets = larger
    }
    octets[used] = name.length
    for (let index = 0; index < name.length; index += 1)
      octets[used + LENGTH_OCTETS + index] = name.charCodeAt(index)
    used = end
  }
  return {
    add(name) {
      const slot = slotOf(name)
      if (slots[slot] !== 0) return false
      slots[slot] = used + 1
      append(name)
      size += 1
      if (size * 2 > slots.length) growTable()
      return true
    },
    get size() {
      return size
    },
  }
}

/** FNV-1a, 32 bits, with its last step mixed into the low bits, which choose the slot. */
function hashOf(length: number, characterAt: (index: number) => number): number {
  let hash = 0x811c9dc5
  for (let index = 0; index < length; index += 1) hash = Math.imul(hash ^ characterAt(index), 0x01000193)
  return (hash ^ (hash >>> 15)) >>> 0
}
