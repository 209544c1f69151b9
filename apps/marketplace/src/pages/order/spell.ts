/** A character of a name, and what it is taken for when it is read hastily. */
export type Letter = {
  readonly character: string
  readonly kind: 'letter' | 'digit' | 'hyphen' | 'dot' | 'other'
}

/** As many characters as are compared at a glance. */
const GROUP_LETTERS_MAX = 4

/**
 * A name in Unicode, character by character in groups of nearly equal size; a dot begins a group. Characters are what people see as one,
 * with their accents.
 */
export function spell(name: string): readonly (readonly Letter[])[] {
  const characters = [...new Intl.Segmenter('en', { granularity: 'grapheme' }).segment(name)]
  const letters = characters.map(({ segment }) => ({ character: segment, kind: kindOf(segment) }))
  return labelsOf(letters).flatMap(groupsOf)
}

function kindOf(character: string): Letter['kind'] {
  if (character === '.') return 'dot'
  if (character === '-') return 'hyphen'
  if (/^[0-9]$/.test(character)) return 'digit'
  return /^[a-z]$/.test(character) ? 'letter' : 'other'
}

/** Each label but the first with the dot before it. */
function labelsOf(letters: readonly Letter[]): readonly (readonly Letter[])[] {
  const labels: Letter[][] = [[]]
  for (const letter of letters) {
    if (letter.kind === 'dot') labels.push([])
    labels.at(-1)?.push(letter)
  }
  return labels
}

function groupsOf(label: readonly Letter[]): readonly (readonly Letter[])[] {
  const dot = label.slice(0, label[0]?.kind === 'dot' ? 1 : 0)
  const letters = label.slice(dot.length)
  const count = Math.max(1, Math.ceil(letters.length / GROUP_LETTERS_MAX))
  const start = (group: number) => Math.round((group * letters.length) / count)
  return Array.from({ length: count }, (_, group) => [
    ...(group === 0 ? dot : []),
    ...letters.slice(start(group), start(group + 1)),
  ])
}

/** The different characters of these kinds, in the order of the name. */
export function charactersOf(name: string, kinds: readonly Letter['kind'][]): readonly string[] {
  const found = spell(name)
    .flat()
    .filter(({ kind }) => kinds.includes(kind))
  return [...new Set(found.map(({ character }) => character))]
}

/** The scripts that names are written in (ISO 15924); the longest list of a registry has no others. */
const scripts = {
  Latn: /\p{Script=Latin}/u,
  Cyrl: /\p{Script=Cyrillic}/u,
  Grek: /\p{Script=Greek}/u,
  Arab: /\p{Script=Arabic}/u,
  Armn: /\p{Script=Armenian}/u,
  Beng: /\p{Script=Bengali}/u,
  Deva: /\p{Script=Devanagari}/u,
  Geor: /\p{Script=Georgian}/u,
  Gujr: /\p{Script=Gujarati}/u,
  Guru: /\p{Script=Gurmukhi}/u,
  Hang: /\p{Script=Hangul}/u,
  Hani: /\p{Script=Han}/u,
  Hebr: /\p{Script=Hebrew}/u,
  Hira: /\p{Script=Hiragana}/u,
  Kana: /\p{Script=Katakana}/u,
  Khmr: /\p{Script=Khmer}/u,
  Laoo: /\p{Script=Lao}/u,
  Taml: /\p{Script=Tamil}/u,
  Telu: /\p{Script=Telugu}/u,
  Thai: /\p{Script=Thai}/u,
} as const satisfies Readonly<Record<string, RegExp>>

/** The script of a character, as ISO 15924 writes it; undefined for a sign or a script that no name is written in. */
export function scriptOf(character: string): string | undefined {
  return Object.entries(scripts).find(([, belongs]) => belongs.test(character))?.[0]
}
