import { createHash } from 'node:crypto'

/** An address in the key of a count: always of one length, and not to be read. */
export function digestOf(email: string): string {
  return createHash('sha256').update(email.trim().toLowerCase()).digest('base64url')
}
