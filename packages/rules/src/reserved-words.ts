import { type CsvLine, readCsv } from './csv.ts'
import { normaliseName } from './names.ts'
import type { ToAscii } from './ports/ids.ts'

/** How a word reserves names: it is the whole label, or a part of it. */
export const reservedKinds = ['label', 'contains'] as const

export type ReservedKind = (typeof reservedKinds)[number]

/** Lines of one list. */
export const RESERVED_LINES_MAX = 50_000

/** Words of one list that are looked for within labels: each is compared with every name that is added. */
export const CONTAINED_WORDS_MAX = 200

const CONTAINED_CHARACTERS_MIN = 3

export type ReservedReject =
  | 'wrong_number_of_fields'
  | 'unknown_kind'
  | 'unknown_zone'
  | 'unusable_word'
  | 'reason_missing'
  | 'repeated'
  | 'too_many_contained'

export type ReservedWord = {
  readonly line: number
  readonly kind: ReservedKind
  /** Null: all zones. */
  readonly zone: string | null
  /** As an A-label or a part of one. */
  readonly word: string
  readonly reason: string
}

export type ReservedListRead =
  | { readonly kind: 'unusable'; readonly reason: string }
  | {
      readonly kind: 'list'
      readonly words: readonly ReservedWord[]
      readonly rejects: readonly { readonly line: number; readonly reason: ReservedReject }[]
    }

/**
 * Reads a list of reserved words: `kind,zone,word,reason`. An empty zone, or no such column, means all zones. A part of a label has at
 * least three characters: a shorter one would reserve much of a zone.
 */
export function readReservedList(
  text: string,
  zones: ReadonlySet<string>,
  toAscii: ToAscii,
): ReservedListRead {
  const table = readCsv(text, ['kind', 'zone', 'word', 'reason'], {
    optional: ['zone'],
    linesMax: RESERVED_LINES_MAX,
  })
  if (table.kind === 'unusable') return table
  const words: ReservedWord[] = []
  const rejects: { line: number; reason: ReservedReject }[] = []
  const seen = new Set<string>()
  let contained = 0
  for (const line of table.lines) {
    const word = readLine(line, zones, toAscii)
    if (typeof word === 'string') {
      rejects.push({ line: line.line, reason: word })
      continue
    }
    const key = keyOf(word)
    if (word.kind === 'contains') contained += 1
    if (seen.has(key)) rejects.push({ line: line.line, reason: 'repeated' })
    else if (contained > CONTAINED_WORDS_MAX) rejects.push({ line: line.line, reason: 'too_many_contained' })
    else words.push(word)
    seen.add(key)
  }
  return { kind: 'list', words, rejects }
}

/** The same for a word of two versions of a list. */
export function keyOf({ kind, zone, word }: Pick<ReservedWord, 'kind' | 'zone' | 'word'>): string {
  return `${kind} ${zone ?? ''} ${word}`
}

function readLine(
  { line, fields }: CsvLine,
  zones: ReadonlySet<string>,
  toAscii: ToAscii,
): ReservedWord | ReservedReject {
  const { kind: text = '', zone: zoneText = '', word: raw, reason = '' } = fields
  if (raw === undefined) return 'wrong_number_of_fields'
  const kind = reservedKinds.find((each) => each === text.toLowerCase())
  if (kind === undefined) return 'unknown_kind'
  const zone = zoneText === '' ? null : zoneText.toLowerCase()
  if (zone !== null && !zones.has(zone)) return 'unknown_zone'
  const word = kind === 'label' ? normaliseName(raw, toAscii) : readPart(raw)
  if (word === undefined || word.includes('.')) return 'unusable_word'
  if (reason === '') return 'reason_missing'
  return { line, kind, zone, word, reason }
}

function readPart(raw: string): string | undefined {
  const part = raw.toLowerCase()
  return /^[a-z0-9-]{1,63}$/.test(part) && part.length >= CONTAINED_CHARACTERS_MIN ? part : undefined
}
