/** How long an auth code is valid: days enough for the transfer, and no longer (RFC 9154 §4.3). Then it is replaced by an unknown one. */
export const AUTH_CODE_VALID_MS = 7 * 24 * 3_600_000

const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'

/** With 62 characters to choose from these have more than 128 bits (RFC 9154 §4.1). */
const CHARACTERS = 22

/** Registries demand digits, both cases and another character. With it the code has 26 characters; most registries take 32. */
const SUFFIX = '-Aa1'

/** Writes 32 random bytes as an auth code: letters and digits, which survive every form and every mail. */
export function writeAuthCode(random: Uint8Array): string {
  let rest = random.reduce((value, byte) => value * 256n + BigInt(byte), 0n)
  let text = ''
  while (text.length < CHARACTERS) {
    text += ALPHABET[Number(rest % 62n)]
    rest /= 62n
  }
  return text + SUFFIX
}
