import { seededRandom } from '@droplock/rules/seeded-random'

/** How often a TLD occurs, roughly as in the deletions of a day. */
const tlds = ['com', 'com', 'com', 'com', 'net', 'org', 'info', 'xyz', 'shop', 'app'] as const
const syllables =
  'ba be bo da di du fe fi ga go ha hi ka ke ko la le lo ma mi mo na ne no pa pe ra ri ro sa se so ta ti to va ve vi za zo'.split(
    ' ',
  )
const endings = ['', '', '', 'hub', 'lab', 'shop', 'online', 'art', '-online', '24']

const daysDefault = 5
const namesPerDayDefault = 1_200
const dayMs = 86_400_000
/** One row in so many is dirt of a kind that real lists have. */
const dirtEvery = 97

/**
 * A drop list in the IETF form for where there are no real ones: several TLDs, some days from `from` on, always the same
 * for the same arguments. One row in a hundred is dirt.
 */
export function sampleList(
  from: Date,
  { days = daysDefault, namesPerDay = namesPerDayDefault, seed = 1 } = {},
): string {
  const random = seededRandom(seed)
  const names = new Set<string>()
  const rows: string[] = []
  for (let index = 0; index < days * namesPerDay; index += 1) {
    const day = Math.floor(index / namesPerDay)
    const name = newName(random, names)
    const purged = new Date(from.getTime() + day * dayMs + Math.floor(random() * dayMs))
    rows.push(index % dirtEvery === dirtEvery - 1 ? dirt(index, name, purged) : row(name, purged))
  }
  return `TLD,DOMAIN,EXPIRED,PURGED\n${rows.join('')}`
}

function newName(random: () => number, names: Set<string>): string {
  for (;;) {
    const length = 2 + Math.floor(random() * 3)
    const stem = Array.from({ length }, () => pick(random, syllables)).join('')
    const name = `${stem}${pick(random, endings)}.${pick(random, tlds)}`
    if (names.has(name)) continue
    names.add(name)
    return name
  }
}

function pick(random: () => number, words: readonly string[]): string {
  return words[Math.floor(random() * words.length)] ?? ''
}

function row(name: string, purged: Date): string {
  const expired = new Date(purged.getTime() - 80 * dayMs)
  return `${name.slice(name.lastIndexOf('.') + 1)},${name},${iso(expired)},${iso(purged)}\n`
}

function dirt(index: number, name: string, purged: Date): string {
  const kinds = [
    () => row(name, purged).replace(name, `${name.toUpperCase()}.`),
    () => row(`www.${name}`, purged),
    () => row(name, purged).replace(/,[^,]*\n$/, ',soon\n'),
    () => `${name}\n`,
  ]
  const make = kinds[index % kinds.length]
  return make === undefined ? '' : make()
}

const iso = (instant: Date): string => `${instant.toISOString().slice(0, 19)}Z`
