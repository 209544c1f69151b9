import { Refusal } from '@droplock/rules/refusals'
import { sql, type Transaction } from 'kysely'
import { recordAudit } from '../../audit/record.ts'
import type { Context } from '../../context.ts'
import type { Database } from '../../database/tables.gen.ts'
import { databaseTime } from '../../database/time.ts'
import { inTransaction } from '../../database/transaction.ts'
import { shutOut } from '../end-sessions.ts'
import { lockEnabled } from '../open-session.ts'

export type LinkView = { readonly email: string; readonly name: string; readonly expiresAt: Date }

/** Whose link has this token's SHA-256. Throws Refusal('staff_link_invalid'): unknown, used, replaced or expired, or the person is disabled. */
export async function readLink({ db }: Context, tokenSha256: Uint8Array): Promise<LinkView> {
  return findLink(db, tokenSha256)
}

type UseLink = {
  readonly tokenSha256: Uint8Array
  /** Argon2id in its text form, made by the caller. */
  readonly passwordHash: string
}

/**
 * Sets the password of the person whose link it is. The link is used up, sessions end and devices are forgotten: whoever had the old
 * password has nothing more. Of two at once one sets it. Throws as `readLink`.
 */
export async function choosePassword(ctx: Context, { tokenSha256, passwordHash }: UseLink): Promise<void> {
  await inTransaction(ctx.db, async (tx) => {
    const { staffId } = await findLink(tx, tokenSha256)
    const person = await lockEnabled(tx, staffId)
    // Once more behind the lock: another request may have used it meanwhile.
    await findLink(tx, tokenSha256)
    if (person === undefined || !(await removeLink(tx, staffId))) throw invalid()
    await tx
      .updateTable('staff_account')
      .set({ password_hash: passwordHash })
      .where('id', '=', staffId)
      .execute()
    const sessions = await shutOut(tx, staffId, await databaseTime(tx))
    // By the link alone: that its person had it is not proven.
    await recordAudit(tx, {
      action: 'staff.password_chosen',
      subjectType: 'staff',
      subjectId: staffId,
      after: { email: person.email, sessions_ended: sessions },
    })
  })
}

/** Makes the link of a person, whose account is locked, open nothing any more. Returns whether there was one. */
export async function removeLink(tx: Transaction<Database>, staffId: string): Promise<boolean> {
  const removed = await tx
    .deleteFrom('staff_link')
    .where('staff_id', '=', staffId)
    .returning('staff_id')
    .executeTakeFirst()
  return removed !== undefined
}

async function findLink(
  db: Context['db'],
  tokenSha256: Uint8Array,
): Promise<LinkView & { readonly staffId: string }> {
  const { rows } = await sql<LinkView & { readonly staffId: string }>`
    select staff.id as "staffId", staff.email, staff.name, link.expires_at as "expiresAt"
    from staff_link as link join staff_account as staff on staff.id = link.staff_id
    where link.token_sha256 = ${Buffer.from(tokenSha256)} and link.expires_at > clock_timestamp()
      and staff.disabled_at is null`.execute(db)
  const [found] = rows
  if (found === undefined) throw invalid()
  return found
}

function invalid(): Refusal {
  return new Refusal(
    'staff_link_invalid',
    'This link was used, replaced by a newer one, or has expired. Ask an administrator to send you another one.',
  )
}
