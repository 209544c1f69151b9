import { createHash, createHmac, randomBytes } from 'node:crypto'

/** More than can ever be guessed. Bytes. */
const tokenBytes = 32

/** A new session token. It lives in the browser's cookie; the database has its SHA-256. */
export function newToken(): string {
  return randomBytes(tokenBytes).toString('base64url')
}

/** Derived, so that a page that is loaded anew gets it again although the database has its SHA-256 only. */
export function csrfTokenOf(token: string): string {
  return createHmac('sha256', token).update('csrf').digest('base64url')
}

export function sha256(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}
