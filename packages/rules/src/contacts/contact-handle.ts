const PREFIX = 'DL'

/** Digits of 64 bits in base 36: with the prefix 15 of the 16 characters that `clIDType` has. RFC 5730 §4. */
const DIGITS = 13

/**
 * The id by which a contact is made at a registry: always the same one for the same contact, so that a create whose answer was
 * lost is found again. From the half of a UUIDv7 that is random. Capitals and digits, which every registry takes.
 */
export function contactHandle(contactId: string): string {
  const random = BigInt(`0x${contactId.replaceAll('-', '').slice(16)}`)
  return PREFIX + random.toString(36).toUpperCase().padStart(DIGITS, '0')
}
