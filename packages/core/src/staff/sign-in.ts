import type { Context, StaffActor } from '../context.ts'

export type SignIn = {
  readonly email: string
  readonly password: string
  /** Whether the password belongs to the hash; slow on purpose, so it runs outside of any lock. */
  readonly verify: (passwordHash: string, password: string) => Promise<boolean>
  /** A hash that no password has: an unknown address takes as long as a known one. */
  readonly decoyHash: string
  /** SHA-256 of the session's token and of its CSRF secret, both made by the caller. */
  readonly tokenSha256: Uint8Array
  readonly csrfSha256: Uint8Array
}

export type SignedIn = { readonly actor: StaffActor; readonly expiresAt: Date }

/** Opens a session. Throws Refusal: invalid_credentials, sign_in_locked (facts: retry_at). */
export async function signIn(ctx: Context, attempt: SignIn): Promise<SignedIn> {
  throw new Error(`not built yet ${String(ctx)} ${attempt.email}`)
}
