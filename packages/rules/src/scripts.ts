/**
 * The scripts that are recommended for identifiers (UAX #31, table 5). A character may belong to several (`scx`), as the Japanese long
 * vowel mark does.
 */
const scripts = {
  Arabic: /\p{scx=Arabic}/u,
  Armenian: /\p{scx=Armenian}/u,
  Bengali: /\p{scx=Bengali}/u,
  Bopomofo: /\p{scx=Bopomofo}/u,
  Cyrillic: /\p{scx=Cyrillic}/u,
  Devanagari: /\p{scx=Devanagari}/u,
  Ethiopic: /\p{scx=Ethiopic}/u,
  Georgian: /\p{scx=Georgian}/u,
  Greek: /\p{scx=Greek}/u,
  Gujarati: /\p{scx=Gujarati}/u,
  Gurmukhi: /\p{scx=Gurmukhi}/u,
  Han: /\p{scx=Han}/u,
  Hangul: /\p{scx=Hangul}/u,
  Hebrew: /\p{scx=Hebrew}/u,
  Hiragana: /\p{scx=Hiragana}/u,
  Kannada: /\p{scx=Kannada}/u,
  Katakana: /\p{scx=Katakana}/u,
  Khmer: /\p{scx=Khmer}/u,
  Lao: /\p{scx=Lao}/u,
  Latin: /\p{scx=Latin}/u,
  Malayalam: /\p{scx=Malayalam}/u,
  Myanmar: /\p{scx=Myanmar}/u,
  Oriya: /\p{scx=Oriya}/u,
  Sinhala: /\p{scx=Sinhala}/u,
  Tamil: /\p{scx=Tamil}/u,
  Telugu: /\p{scx=Telugu}/u,
  Thaana: /\p{scx=Thaana}/u,
  Thai: /\p{scx=Thai}/u,
  Tibetan: /\p{scx=Tibetan}/u,
} as const

type Script = keyof typeof scripts

const known = Object.keys(scripts) as readonly Script[]

/** Scripts that are written together: Japanese, Chinese with Bopomofo, and Korean, each with Latin (UTS #39, "highly restrictive"). */
const writtenTogether: readonly ReadonlySet<Script>[] = [
  new Set(['Latin', 'Han', 'Hiragana', 'Katakana']),
  new Set(['Latin', 'Han', 'Bopomofo']),
  new Set(['Latin', 'Han', 'Hangul']),
]

/**
 * Whether a label mixes scripts that nobody writes together, such as Latin and Cyrillic: in a list that is damage or a name that looks
 * like another. Registries have not registered such labels since their IDN tables, one script each, are in force. A label that is
 * written as an A-label is ASCII here, and is taken as it is: the registry says that it exists.
 */
export function mixesScripts(label: string): boolean {
  if (/^[ -~]*$/.test(label)) return false
  const possible = [...label].map((character) => known.filter((script) => scripts[script].test(character)))
  const scripted = possible.filter((of) => of.length > 0)
  const fits = (allowed: ReadonlySet<Script>) =>
    scripted.every((of) => of.some((script) => allowed.has(script)))
  return !known.some((script) => fits(new Set([script]))) && !writtenTogether.some(fits)
}
