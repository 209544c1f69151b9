import { mixesScripts } from './scripts.ts'

/** The form by which two texts that look alike are equal: their skeleton, without decomposition. UTS #39 §4. */
export type Skeleton = (text: string) => string

/** What may be mistaken for something else in a name. */
type LookAlike = {
  /** A label mixes scripts that nobody writes together, such as Latin and Cyrillic. UTS #39 §5.2. */
  readonly mixesScripts: boolean
  /** The name in plain ASCII that people see when they look at it: all its other characters look like ASCII ones. */
  readonly looksLike: string | null
}

/**
 * Whether a name in Unicode, in lower case, may be taken for another: because it mixes scripts, or because it looks like one of plain
 * letters and digits, in one other script (a *whole-script confusable*) or in several. Undefined where there is nothing to warn of.
 */
export function findLookAlike(unicodeName: string, skeleton: Skeleton): LookAlike | undefined {
  if (isPlain(unicodeName)) return undefined
  const seen = [...unicodeName].map((character) => plainLike(character, skeleton)).join('')
  const found = {
    mixesScripts: unicodeName.split('.').some(mixesScripts),
    looksLike: isPlain(seen) ? seen : null,
  }
  return found.mixesScripts || found.looksLike !== null ? found : undefined
}

/** The plain characters that one looks like, or itself. */
function plainLike(character: string, skeleton: Skeleton): string {
  if (isPlain(character)) return character
  const like = skeleton(character).toLowerCase()
  return isPlain(like) ? like : character
}

function isPlain(text: string): boolean {
  return /^[a-z0-9.-]+$/.test(text)
}
