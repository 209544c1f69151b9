/** Longer labels have no pattern: nobody searches for one of seven characters. */
export const PATTERN_CHARACTERS_MAX = 6

/** A pattern as it is compared with the columns `label_kinds` or `label_repeats` of a listing. */
export type LabelPattern =
  | { readonly of: 'kinds'; readonly anyOf: readonly string[] }
  | { readonly of: 'repeats'; readonly anyOf: readonly [string] }

const kinds = /^[CVLN]{1,6}$/
const repeats = /^A[A-F]{0,5}$/

/**
 * The pattern of a short label. `C` is a consonant, `V` a vowel (a, e, i, o, u), `L` any letter and `N` a digit: `CVCV`, `LLN`. A
 * pattern that begins with `A` says which characters are the same: `AABB`, `ABAB`; each new one is the next letter. Undefined where
 * the text is neither.
 */
export function readLabelPattern(text: string): LabelPattern | undefined {
  if (kinds.test(text)) return { of: 'kinds', anyOf: withoutAnyLetter(text) }
  if (repeats.test(text) && isInOrder(text)) return { of: 'repeats', anyOf: [byFirstPlace(text)] }
  return undefined
}

/** `L` is written out: at most 64 patterns, which an index finds. */
function withoutAnyLetter(pattern: string): readonly string[] {
  return [...pattern].reduce<readonly string[]>(
    (begun, kind) => begun.flatMap((start) => (kind === 'L' ? [`${start}C`, `${start}V`] : [start + kind])),
    [''],
  )
}

/** Whether each character that is new is the next letter: `ABC`, never `ACB`. */
function isInOrder(pattern: string): boolean {
  const firsts = [...new Set(pattern)]
  return firsts.every((letter, index) => letter === String.fromCharCode('A'.charCodeAt(0) + index))
}

/** Each character as the letter of the place where it comes first, as the database writes them: `AABB` is `AACC`. */
function byFirstPlace(pattern: string): string {
  return [...pattern].map((letter) => 'ABCDEF'.charAt(pattern.indexOf(letter))).join('')
}
