import { createHmac, randomBytes } from 'node:crypto'
import { writeAuthCode } from '@droplock/rules/registrations/auth-code'
import { type Keyring, keyringOf } from '../keys/keyring.ts'

/** As long as the output of SHA-256. Octets. */
const SALT_OCTETS = 32

/** The salt of one auth code. Whoever has it and the secret can derive the code; it is removed when the code is shown (ADR 24). */
export function newAuthCodeSalt(): Buffer {
  return randomBytes(SALT_OCTETS)
}

/** The secret from which auth codes are derived. Only the gateway and the catcher have it. */
export type AuthCodeSecret = {
  /** Distinguishes it from an earlier or a wrongly configured one, and reveals nothing of it. */
  readonly id: string
  readonly derive: (requestId: string, salt: Uint8Array) => string
}

/** `text` is the secret of the settings: at least 32 characters that nobody can guess. */
export function authCodeSecretOf(text: string): AuthCodeSecret {
  const hmac = (about: string) => createHmac('sha256', text).update(about)
  return {
    id: hmac('droplock auth code secret').digest('hex').slice(0, 16),
    derive: (requestId, salt) => writeAuthCode(hmac(`droplock auth code ${requestId}`).update(salt).digest()),
  }
}

export type AuthCodeSecrets = Keyring<AuthCodeSecret>

/** Those of an app's settings; undefined where there is none: then no auth code can be requested or set. */
export function authCodeSecretsFrom(settings: {
  readonly DROPLOCK_AUTH_CODE_SECRET?: readonly string[] | undefined
}): AuthCodeSecrets | undefined {
  return keyringOf(settings.DROPLOCK_AUTH_CODE_SECRET, authCodeSecretOf)
}
