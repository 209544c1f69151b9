import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto'

/** Encrypts what staff secrets the database keeps. Only the operators' API has its key: the database alone gives nobody a code. */
export type SecretBox = {
  /** Distinguishes its key from an earlier or a wrongly configured one, and reveals nothing of it. */
  readonly id: string
  /** `about` is bound to the text: what is encrypted about one thing cannot be used for another. */
  readonly seal: (secret: Uint8Array, about: string) => Buffer
  /** Throws where it was not sealed with this key about the same thing. */
  readonly open: (sealed: Uint8Array, about: string) => Buffer
}

const ALGORITHM = 'aes-256-gcm'
const KEY_OCTETS = 32
/** NIST SP 800-38D §8.2.2: a random nonce of 96 bits. */
const NONCE_OCTETS = 12
const TAG_OCTETS = 16

/** `text` is the key of the settings: at least 32 characters that nobody can guess. */
export function secretBoxOf(text: string): SecretBox {
  const key = Buffer.from(hkdfSync('sha256', text, '', 'droplock staff secrets', KEY_OCTETS))
  return {
    id: createHmac('sha256', text).update('droplock staff secret key').digest('hex').slice(0, 16),
    seal: (secret, about) => {
      const nonce = randomBytes(NONCE_OCTETS)
      const cipher = createCipheriv(ALGORITHM, key, nonce).setAAD(Buffer.from(about))
      const sealed = Buffer.concat([cipher.update(secret), cipher.final()])
      return Buffer.concat([nonce, cipher.getAuthTag(), sealed])
    },
    open: (sealed, about) => {
      const bytes = Buffer.from(sealed)
      const tagEnd = NONCE_OCTETS + TAG_OCTETS
      const decipher = createDecipheriv(ALGORITHM, key, bytes.subarray(0, NONCE_OCTETS))
        .setAAD(Buffer.from(about))
        .setAuthTag(bytes.subarray(NONCE_OCTETS, tagEnd))
      return Buffer.concat([decipher.update(bytes.subarray(tagEnd)), decipher.final()])
    },
  }
}
