import type { RejectReason } from './ports/drop-feed.ts'
import type { ToAscii } from './ports/ids.ts'
import { mixesScripts } from './scripts.ts'

/** The reasons why a list's row is rejected because of its name alone. */
type NameRejectReason = Extract<
  RejectReason,
  'empty' | 'invalid_name' | 'mixed_script' | 'zone_not_served' | 'below_registrable' | 'is_a_zone'
>

/** A registrable name: A-labels, lower case, no trailing dot, exactly one label under `zone`. */
type RegistrableName = { readonly kind: 'name'; readonly name: string; readonly zone: string }
type RejectedName = { readonly kind: 'reject'; readonly reason: NameRejectReason }

/** RFC 1035 §2.3.4: 255 octets on the wire are 253 characters without the trailing dot. */
const NAME_CHARACTERS_MAX = 253

/** UTS-46 removes some characters, so a valid name may be longer as raw text. Longer text is no name and is not mapped. */
const RAW_CHARACTERS_MAX = 1_000

/**
 * Labels of letters, digits and hyphens (RFC 5890 §2.3.1): 1 to 63 characters, no hyphen at either end, and hyphens in
 * third and fourth place only in an A-label.
 */
const ldhName = /^(?:(?!-|(?!xn)[a-z0-9-]{2}--)[a-z0-9-]{1,63}(?<!-)(?:\.(?!$)|$))+$/

/**
 * Characters that nobody sees and that UTS-46 removes, such as a soft hyphen or a zero-width space: the name that is left is another
 * one than was written. Marks of the writing direction are refused by UTS-46 too. Joiners (U+200C, U+200D) are not here: some scripts
 * need them, and UTS-46 checks where they stand (RFC 5892, appendix A).
 */
const invisible = /(?![\u200c\u200d])[\p{Default_Ignorable_Code_Point}\p{Bidi_Control}\p{Cf}]/u

/**
 * Reads a name as a list or a customer wrote it: any case, one trailing dot, U-labels. `zones` are the served suffixes as
 * A-labels in lower case; the longest that fits counts: with `pl` and `com.pl` served, `x.com.pl` is registrable in
 * `com.pl`, and `a.x.com.pl` is not registrable. Rule 16.
 */
export function parseName(
  raw: string,
  zones: ReadonlySet<string>,
  toAscii: ToAscii,
): RegistrableName | RejectedName {
  const text = raw.trim()
  if (text === '' || text === '.') return reject('empty')
  if (text.split('.').some(mixesScripts)) return reject('mixed_script')
  const name = normaliseName(raw, toAscii)
  return name === undefined ? reject('invalid_name') : placeInZone(name, zones)
}

/**
 * The name as A-labels in lower case without a trailing dot, whatever its zone; `undefined` where it is no name. Plain ASCII, which
 * most names are, is not passed to `toAscii`, nor is an A-label: the registry decides which ones exist.
 */
export function normaliseName(raw: string, toAscii: ToAscii): string | undefined {
  if (invisible.test(raw)) return undefined
  const text = raw.trim()
  if (text.length > RAW_CHARACTERS_MAX) return undefined
  const plain = withoutTrailingDot(text).toLowerCase()
  if (isLdh(plain)) return plain
  if (isAscii(text)) return undefined
  // From the text as written: its last dot may be an ideographic one, and UTS-46 includes lower-casing.
  const mapped = withoutTrailingDot(toAscii(text) ?? '')
  return isLdh(mapped) ? mapped : undefined
}

function placeInZone(name: string, zones: ReadonlySet<string>): RegistrableName | RejectedName {
  if (zones.has(name)) return reject('is_a_zone')
  const first = name.indexOf('.')
  if (first === -1) return reject('zone_not_served')
  const zone = name.slice(first + 1)
  if (zones.has(zone)) return { kind: 'name', name, zone }
  for (let dot = name.indexOf('.', first + 1); dot !== -1; dot = name.indexOf('.', dot + 1)) {
    if (zones.has(name.slice(dot + 1))) return reject('below_registrable')
  }
  return reject('zone_not_served')
}

function isLdh(name: string): boolean {
  return name.length <= NAME_CHARACTERS_MAX && ldhName.test(name)
}

function isAscii(text: string): boolean {
  return /^[ -~]*$/.test(text)
}

function withoutTrailingDot(text: string): string {
  return text.endsWith('.') ? text.slice(0, -1) : text
}

function reject(reason: NameRejectReason): RejectedName {
  return { kind: 'reject', reason }
}
