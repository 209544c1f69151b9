import { randomBytes } from 'node:crypto'
import { Secret, TOTP } from 'otpauth'

// Time-based one-time passwords (RFC 6238) with the parameters that every authenticator app knows.

/** As RFC 4226 §4 recommends for SHA-1. Octets. */
const SECRET_OCTETS = 20
const DIGITS = 6
const PERIOD_SECONDS = 30

/** Telephones and servers differ by some seconds, and typing takes some. RFC 6238 §5.2 recommends one step at most. */
const SKEW_STEPS = 1

export function newTotpSecret(): Buffer {
  return randomBytes(SECRET_OCTETS)
}

function totpOf(secret: Uint8Array, label = ''): TOTP {
  // A copy: the library takes the whole buffer, and small ones share theirs.
  const octets = new Uint8Array(secret).buffer
  return new TOTP({
    issuer: 'Droplock',
    label,
    secret: new Secret({ buffer: octets }),
    algorithm: 'SHA1',
    digits: DIGITS,
    period: PERIOD_SECONDS,
  })
}

/** The time step whose code this is, of those within one step of `at`; undefined where it is none of theirs. */
export function totpStepOf(secret: Uint8Array, code: string, at: Date): number | undefined {
  if (!/^\d{6}$/.test(code)) return undefined
  const timestamp = at.getTime()
  const delta = totpOf(secret).validate({ token: code, timestamp, window: SKEW_STEPS })
  return delta === null ? undefined : Math.floor(timestamp / 1_000 / PERIOD_SECONDS) + delta
}

/** The code of the moment. For tests and tools that stand in for a telephone. */
export function totpCode(secret: Uint8Array, at: Date): string {
  return totpOf(secret).generate({ timestamp: at.getTime() })
}

/** What an authenticator app is given: the key as text to type, and the address that a QR code holds. */
export function describeTotp(
  secret: Uint8Array,
  label: string,
): { readonly key: string; readonly uri: string } {
  const totp = totpOf(secret, label)
  return { key: totp.secret.base32, uri: totp.toString() }
}

/** The octets of a key as text (RFC 4648 §6). */
export function totpSecretOf(key: string): Uint8Array {
  return Secret.fromBase32(key).bytes
}
