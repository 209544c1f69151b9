import { recordAudit } from '../../audit/record.ts'
import type { Context } from '../../context.ts'
import { inTransaction } from '../../database/transaction.ts'
import type { Keyring } from '../../keys/keyring.ts'
import type { SecretBox } from '../../keys/secret-box.ts'

/**
 * Seals anew, with the current key, the secrets of second factors that were sealed with another one of the ring, so that it may be removed.
 * Those of a key that the ring does not have stay as they are. Doing it again changes nothing. Returns how many there were.
 */
export async function resealSecondFactors(
  ctx: Context,
  { current, keys, withId }: Keyring<SecretBox>,
): Promise<number> {
  const others = keys.filter((key) => key !== current).map(({ id }) => id)
  if (others.length === 0) return 0
  return inTransaction(ctx.db, async (tx) => {
    const sealed = await tx
      .selectFrom('staff_totp')
      .select(['id', 'secret', 'key_id'])
      .where('key_id', 'in', others)
      .orderBy('id')
      .forUpdate()
      .execute()
    for (const { id, secret, key_id } of sealed) {
      const opened = withId(key_id)?.open(secret, id)
      if (opened === undefined) continue
      await tx
        .updateTable('staff_totp')
        .set({ secret: current.seal(opened, id), key_id: current.id })
        .where('id', '=', id)
        .execute()
    }
    if (sealed.length > 0)
      await recordAudit(tx, {
        action: 'secrets.resealed',
        subjectType: 'setting',
        subjectId: 'DROPLOCK_STAFF_SECRET_KEY',
        before: { keys: [...new Set(sealed.map(({ key_id }) => key_id))] },
        after: { key: current.id, values: sealed.length },
      })
    return sealed.length
  })
}
