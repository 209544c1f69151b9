import { sql } from 'kysely'
import type { Context } from '../context.ts'

/** Records when the registry says that the password expires. RFC 8807 §3.1. */
export async function recordPasswordExpiry(
  ctx: Context,
  registryAccountId: string,
  expiresAt: Date,
): Promise<void> {
  await sql`
    update registry_account set password_expires_at = ${expiresAt}
    where id = ${registryAccountId} and password_expires_at is distinct from ${expiresAt}::timestamptz`.execute(
    ctx.db,
  )
}
