import { Refusal } from '@droplock/rules/refusals'
import { LINK_SECONDS_MAX, type Role } from '@droplock/rules/staff'
import type { Transaction } from 'kysely'
import { recordAudit } from '../../audit/record.ts'
import { type OperatorContext, requirePermission, requireReason } from '../../context.ts'
import type { Database } from '../../database/tables.gen.ts'
import { databaseTime } from '../../database/time.ts'
import { inTransaction } from '../../database/transaction.ts'
import { changeAccount, onlyOnce, requireAnother } from '../administer.ts'
import { shutOut } from '../end-sessions.ts'
import { removeLink } from './use.ts'

/** How a link reaches its person: by mail, or shown once to the admin, who hands it on. */
type Way = 'mail' | 'shown'

type Invitation = {
  readonly email: string
  readonly name: string
  readonly roles: readonly Role[]
  /** SHA-256 of the link's token. */
  readonly tokenSha256: Uint8Array
  readonly way: Way
  readonly reason: string
}

/** A link that was made: whose it is, and until when it can be used. */
export type MadeLink = { readonly staffId: string; readonly email: string; readonly expiresAt: Date }

/**
 * Adds a person without a password, who chooses one by a link. The caller sends the link once this has returned. Throws Refusal:
 * forbidden, step_up_required, reason_required, staff_exists.
 */
export async function inviteStaff(ctx: OperatorContext, invitation: Invitation): Promise<MadeLink> {
  requirePermission(ctx, 'staff:manage')
  const reason = requireReason(invitation.reason)
  const staffId = ctx.newId()
  const { name, roles, tokenSha256, way } = invitation
  const email = invitation.email.toLowerCase()
  return onlyOnce(() =>
    inTransaction(ctx.db, async (tx) => {
      const account = { email, name, roles: [...roles] }
      await tx
        .insertInto('staff_account')
        .values({ id: staffId, ...account, password_hash: null })
        .execute()
      const expiresAt = await addLink(tx, staffId, tokenSha256)
      await recordAudit(tx, {
        by: ctx.actor,
        action: 'staff.invited',
        subjectType: 'staff',
        subjectId: staffId,
        reason,
        after: { ...account, link: way, expires_at: expiresAt },
      })
      return { staffId, email, expiresAt }
    }),
  )
}

type SendPasswordLink = Pick<Invitation, 'tokenSha256' | 'way' | 'reason'> & { readonly staffId: string }

/**
 * Takes a person's password away, and makes a link by which they choose another; an earlier link opens nothing any more. Their sessions
 * end and their devices are forgotten. The second factor stays. Throws Refusal: forbidden, step_up_required, reason_required, own_account,
 * staff_not_found, staff_disabled, try_again.
 */
export async function sendPasswordLink(ctx: OperatorContext, command: SendPasswordLink): Promise<MadeLink> {
  const { staffId, tokenSha256, way } = command
  const made: MadeLink[] = []
  await changeAccount(ctx, command, async (tx, { email, disabled_at }) => {
    requireAnother(ctx.actor, staffId)
    if (disabled_at !== null) throw new Refusal('staff_disabled', 'Enable this person first.')
    await tx.updateTable('staff_account').set({ password_hash: null }).where('id', '=', staffId).execute()
    await removeLink(tx, staffId)
    const expiresAt = await addLink(tx, staffId, tokenSha256)
    const sessions = await shutOut(tx, staffId, await databaseTime(tx))
    made.push({ staffId, email, expiresAt })
    return {
      action: 'staff.link_sent',
      after: { email, link: way, expires_at: expiresAt, sessions_ended: sessions },
    }
  })
  const [link] = made
  if (link === undefined) throw new Error('a link is made, or the change is refused')
  return link
}

async function addLink(tx: Transaction<Database>, staffId: string, tokenSha256: Uint8Array): Promise<Date> {
  const now = await databaseTime(tx)
  const expiresAt = new Date(now.getTime() + LINK_SECONDS_MAX * 1_000)
  await tx
    .insertInto('staff_link')
    .values({
      staff_id: staffId,
      token_sha256: Buffer.from(tokenSha256),
      created_at: now,
      expires_at: expiresAt,
    })
    .execute()
  return expiresAt
}
