import { createHmac, randomBytes } from 'node:crypto'
import { type Keyring, keyringOf } from '../keys/keyring.ts'

/** As long as the output of SHA-256. Octets. */
const SALT_OCTETS = 32

/** The salt of one secret of an endpoint. Whoever has it and the key can derive the secret (ADR 29). */
export function newSecretSalt(): Buffer {
  return randomBytes(SALT_OCTETS)
}

/** The key from which the secrets of endpoints are derived. Only the gateway and the worker have it. */
export type WebhookSecretKey = {
  /** Distinguishes it from an earlier or a wrongly configured one, and reveals nothing of it. */
  readonly id: string
  /** The secret as Standard Webhooks writes it: `whsec_` and 32 octets in base64. */
  readonly derive: (endpointId: string, salt: Uint8Array) => string
}

/** `text` is the key of the settings: at least 32 characters that nobody can guess. */
export function webhookSecretKeyOf(text: string): WebhookSecretKey {
  const hmac = (about: string) => createHmac('sha256', text).update(about)
  return {
    id: hmac('droplock webhook secret key').digest('hex').slice(0, 16),
    derive: (endpointId, salt) =>
      `whsec_${hmac(`droplock webhook secret ${endpointId}`).update(salt).digest('base64')}`,
  }
}

export type WebhookSecretKeys = Keyring<WebhookSecretKey>

/** Those of an app's settings; undefined where there is none: then no endpoint can be made, and none is sent to. */
export function webhookSecretKeysFrom(settings: {
  readonly DROPLOCK_WEBHOOK_SECRET_KEY?: readonly string[] | undefined
}): WebhookSecretKeys | undefined {
  return keyringOf(settings.DROPLOCK_WEBHOOK_SECRET_KEY, webhookSecretKeyOf)
}
