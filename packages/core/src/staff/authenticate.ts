import type { Context, StaffActor } from '../context.ts'

export type Session = {
  readonly actor: StaffActor
  readonly csrfSha256: Uint8Array
  readonly expiresAt: Date
}

/** The person behind a session token's SHA-256, or undefined for one that is unknown, ended, expired or disabled. */
export async function authenticateSession(
  ctx: Context,
  tokenSha256: Uint8Array,
): Promise<Session | undefined> {
  throw new Error(`not built yet ${String(ctx)} ${tokenSha256.length}`)
}
