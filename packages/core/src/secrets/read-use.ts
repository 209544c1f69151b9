import { type SecretKeySetting, secretKeySettings } from '@droplock/rules/secret-keys'
import { type RawBuilder, sql } from 'kysely'
import { type Context, type OperatorContext, requirePermission } from '../context.ts'

/** A key that something needs which is kept. */
export type KeyUse = { readonly keyId: string; readonly values: number }

/** The ids of the keys by which values are sealed, or from which they are derived, one for each value that is still to be used. */
const used: Readonly<Record<SecretKeySetting, RawBuilder<unknown>>> = {
  DROPLOCK_STAFF_SECRET_KEY: sql`select key_id from staff_totp`,
  DROPLOCK_WEBHOOK_SECRET_KEY: sql`
    select secret_key_id as key_id from event_receiver where secret_salt is not null and deleted_at is null
    union all select previous_secret_key_id from event_receiver
    where previous_secret_key_id is not null and previous_secret_until > statement_timestamp() and deleted_at is null`,
  DROPLOCK_AUTH_CODE_SECRET: sql`
    select secret_id as key_id from auth_code
    where secret_id is not null and salt is not null and valid_until > statement_timestamp()`,
}

/** Which keys of a setting are needed, and for how many values. A key that is not listed may be removed. */
export async function readKeyUse(
  { db }: Pick<Context, 'db'>,
  setting: SecretKeySetting,
): Promise<readonly KeyUse[]> {
  const { rows } = await sql<KeyUse>`
    select key_id as "keyId", count(*)::int as values from (${used[setting]}) as used group by 1 order by 1`.execute(
    db,
  )
  return rows
}

/** The same of all settings. Throws Refusal('forbidden'). */
export async function listKeyUse(
  ctx: OperatorContext,
): Promise<readonly (KeyUse & { readonly setting: SecretKeySetting })[]> {
  requirePermission(ctx, 'console:read')
  const uses = []
  for (const setting of secretKeySettings)
    uses.push(...(await readKeyUse(ctx, setting)).map((use) => ({ setting, ...use })))
  return uses
}
