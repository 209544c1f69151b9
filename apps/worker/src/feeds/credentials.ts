import { z } from 'zod'
import { SourceFailed } from './source-failed.ts'

/** What a source asks for: a user and a password (RFC 7617), or a token (RFC 6750). */
export type Credential = { readonly user: string; readonly password: string } | { readonly token: string }

/** The secrets of sources by the names that their rows use. */
export type Credentials = ReadonlyMap<string, Credential>

const visible = z.string().regex(/^[\x21-\x7e]+$/, 'must be visible ASCII without spaces')

export const credentialsSchema = z.record(
  z.string().min(1).max(200),
  z.union([
    // A colon would end the user name.
    z.strictObject({ user: z.string().regex(/^[^:\p{Cc}]*$/u, 'has no colon'), password: z.string() }),
    z.strictObject({ token: visible }),
  ]),
)

/** The field `Authorization` for a source; none where it has no credentials. Throws SourceFailed('credentials_unknown'). */
export function authorizationOf(name: string | null, known: Credentials): string | undefined {
  if (name === null) return undefined
  const credential = known.get(name)
  if (credential === undefined)
    throw new SourceFailed(
      'credentials_unknown',
      `DROPLOCK_SOURCE_CREDENTIALS of this worker has no entry "${name}".`,
    )
  if ('token' in credential) return `Bearer ${credential.token}`
  return `Basic ${Buffer.from(`${credential.user}:${credential.password}`).toString('base64')}`
}
