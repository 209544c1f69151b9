/** Live and test are two databases; the prefix of a key says which one it belongs to. */
export type KeyMode = 'live' | 'test'

/** 256 random bits cannot be guessed, so that a fast hash of the key is stored and no slow one is needed. */
export const API_KEY_OCTETS = 32

const digits = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'

/** 256 bits and 32 bits in base62, padded with zeros. */
const SECRET_CHARACTERS = 43
const CHECKSUM_CHARACTERS = 6

const withChecksum = new RegExp(`^dlk_(?:test|live)_[0-9A-Za-z]{${SECRET_CHARACTERS + CHECKSUM_CHARACTERS}}$`)
/** Issued before keys had a checksum: base64url or words, none of them as long as a key with one. */
const withoutChecksum = /^dlk_(?:test|live)_[\w-]{20,100}$/

/**
 * The text of an API key from `API_KEY_OCTETS` random octets: `dlk_test_` or `dlk_live_`, the octets in base62, and the checksum of all
 * before it. Letters and digits alone, so that a double click selects the key. Throws RangeError for another number of octets.
 */
export function apiKeyText(mode: KeyMode, random: Uint8Array): string {
  if (random.length !== API_KEY_OCTETS) throw new RangeError(`a key is made of ${API_KEY_OCTETS} octets`)
  const secret = random.reduce((number, octet) => number * 256n + BigInt(octet), 0n)
  const rest = `dlk_${mode}_${base62(secret, SECRET_CHARACTERS)}`
  return rest + checksumOf(rest)
}

/**
 * What a text is, without asking a database: a key whose checksum is right (`checked`), a key as they were issued before there was a
 * checksum (`unchecked`), or a text that was never issued as a key: mistyped, cut off or invented (`no_key`).
 */
export function judgeApiKeyText(text: string): 'checked' | 'unchecked' | 'no_key' {
  if (withChecksum.test(text)) {
    const rest = text.slice(0, -CHECKSUM_CHARACTERS)
    return text.endsWith(checksumOf(rest)) ? 'checked' : 'no_key'
  }
  return withoutChecksum.test(text) ? 'unchecked' : 'no_key'
}

/** The mode of a text that `judgeApiKeyText` accepts as a key. */
export function modeOfApiKey(text: string): KeyMode {
  return text.startsWith('dlk_live_') ? 'live' : 'test'
}

function checksumOf(text: string): string {
  return base62(BigInt(crc32(text)), CHECKSUM_CHARACTERS)
}

function base62(number: bigint, characters: number): string {
  let [left, text] = [number, '']
  while (text.length < characters) {
    text = digits.charAt(Number(left % 62n)) + text
    left /= 62n
  }
  return text
}

/** CRC-32 of ASCII text, as of zip and Ethernet (ISO-HDLC). */
function crc32(text: string): number {
  let crc = 0xffffffff
  for (let index = 0; index < text.length; index += 1) {
    crc ^= text.charCodeAt(index)
    for (let bit = 0; bit < 8; bit += 1) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0)
  }
  return (crc ^ 0xffffffff) >>> 0
}
