import { readLabelPattern } from '../label-pattern.ts'

/** What a price rule matches by. The first kind of this list that has a match decides. */
export const priceKinds = ['name', 'pattern', 'length', 'tier'] as const

export type PriceKind = (typeof priceKinds)[number]

/** Which labels a rule matches, as the database compares them. What is absent is not compared. */
export type LabelMatch = {
  /** `*` and `?` as the `%` and `_` of SQL. */
  readonly like?: string
  readonly kinds?: readonly string[]
  readonly repeats?: readonly string[]
  /** Of `label_class`. */
  readonly classes?: readonly string[]
  readonly lengthMin?: number
  readonly lengthMax?: number
  /** How specific it is: of two rules of one kind the one with more weight decides. */
  readonly weight: number
}

/** So many `*` in a pattern: each further one makes comparing slower, and nobody needs more. */
const STARS_MAX = 3

const LABEL_CHARACTERS_MAX = 63

const glob = /^[a-z0-9*?-]{1,63}$/
const length = /^(\d{1,2})(?:-(\d{1,2}))?$/
const tier = /^[a-z0-9_-]{1,40}$/

/**
 * Reads the text of a rule that is not about one name. Undefined where it is none. A pattern is a glob in lower case (`*` any
 * characters, `?` one: `shop*`), a pattern of a short label in upper case (`CVCV`, `AABB`), or `letters` or `digits` in upper case. There
 * are no regular expressions: one with nested repetition could take longer than the rest of a publication.
 */
export function readLabelMatch(kind: Exclude<PriceKind, 'name'>, text: string): LabelMatch | undefined {
  if (kind === 'tier') return tier.test(text) ? { weight: 0 } : undefined
  return kind === 'length' ? readLength(text) : readPattern(text)
}

function readLength(text: string): LabelMatch | undefined {
  const [, first, last] = length.exec(text) ?? []
  const lengthMin = Number(first)
  const lengthMax = Number(last ?? first)
  if (!(lengthMin >= 1 && lengthMax >= lengthMin && lengthMax <= LABEL_CHARACTERS_MAX)) return undefined
  return { lengthMin, lengthMax, weight: LABEL_CHARACTERS_MAX - (lengthMax - lengthMin) }
}

/** A given character counts two, a kind of character one. */
function readPattern(text: string): LabelMatch | undefined {
  if (text === 'LETTERS') return { classes: ['l'], weight: 0 }
  if (text === 'DIGITS') return { classes: ['d'], weight: 0 }
  const shape = readLabelPattern(text)
  if (shape !== undefined) return { [shape.of]: shape.anyOf, weight: text.length }
  const stars = text.split('*').length - 1
  if (!glob.test(text) || stars > STARS_MAX) return undefined
  const like = text.replaceAll(/\*+/gu, '%').replaceAll('?', '_')
  const given = text.replaceAll(/[*?]/gu, '').length
  return { like, weight: 2 * given + (text.length - given - stars) }
}

/** The part of a name that rules are about. */
export type PricedName = {
  readonly name: string
  readonly zone: string
  readonly label: string
  readonly tier: string
}

/** Whether a label matches, as the database decides it. Linear in the label for each `*`. */
export function matchesLabel(match: LabelMatch, label: string): boolean {
  const { like, kinds, repeats, classes, lengthMin = 0, lengthMax = Infinity } = match
  return (
    (like === undefined || matchesLike(like, label)) &&
    (kinds === undefined || kinds.includes(kindsOf(label))) &&
    (repeats === undefined || repeats.includes(repeatsOf(label))) &&
    (classes === undefined || classes.includes(classOf(label))) &&
    label.length >= lengthMin &&
    label.length <= lengthMax
  )
}

function matchesLike(like: string, label: string): boolean {
  const [head = '', ...parts] = like.split('%')
  if (parts.length === 0) return head.length === label.length && startsWith(label, 0, head)
  if (!startsWith(label, 0, head)) return false
  const tail = parts.pop() ?? ''
  let at = head.length
  for (const part of parts) {
    while (at + part.length <= label.length && !startsWith(label, at, part)) at += 1
    if (at + part.length > label.length) return false
    at += part.length
  }
  return label.length - tail.length >= at && startsWith(label, label.length - tail.length, tail)
}

function startsWith(label: string, at: number, part: string): boolean {
  return [...part].every((character, index) => {
    const found = label[at + index]
    return found !== undefined && (character === '_' || character === found)
  })
}

/** As `label_kinds` and `label_repeats`: of short labels without hyphens. */
function isShort(label: string): boolean {
  return label.length <= 6 && !label.includes('-')
}

function kindsOf(label: string): string {
  if (!isShort(label)) return ''
  return label
    .replaceAll(/[aeiou]/gu, 'V')
    .replaceAll(/[b-z]/gu, 'C')
    .replaceAll(/\d/gu, 'N')
}

function repeatsOf(label: string): string {
  if (!isShort(label)) return ''
  return [...label].map((character) => 'ABCDEF'.charAt(label.indexOf(character))).join('')
}

function classOf(label: string): string {
  if (label.startsWith('xn--')) return 'idn'
  return (/[a-z]/u.test(label) ? 'l' : '') + (/\d/u.test(label) ? 'd' : '') + (label.includes('-') ? '-' : '')
}
