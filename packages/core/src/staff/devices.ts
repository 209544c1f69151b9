import { DEVICE_FAILURES_MAX, DEVICE_SECONDS_MAX, DEVICES_MAX } from '@droplock/rules/staff'
import { sql, type Transaction } from 'kysely'
import { recordAudit } from '../audit/record.ts'
import type { Context, StaffContext } from '../context.ts'
import type { Database } from '../database/tables.gen.ts'
import { inTransaction } from '../database/transaction.ts'

/** Whether the token's SHA-256 belongs to a device on which the person with this address has signed in before. */
export async function isKnownDevice(
  ctx: Context,
  { email, deviceSha256 }: { readonly email: string; readonly deviceSha256: Uint8Array },
): Promise<boolean> {
  const { rows } = await sql`
    select from staff_device as device join staff_account as staff on staff.id = device.staff_id
    where device.token_sha256 = ${Buffer.from(deviceSha256)} and staff.email = ${email.toLowerCase()}
      and staff.disabled_at is null and device.failures < ${DEVICE_FAILURES_MAX}
      and device.expires_at > clock_timestamp()`.execute(ctx.db)
  return rows.length > 0
}

/** Resets a known device's failures and extends its expiry. */
export async function renewDevice(tx: Transaction<Database>, deviceId: string, now: Date): Promise<void> {
  await tx
    .updateTable('staff_device')
    .set({ failures: 0, used_at: now, expires_at: expiryFrom(now) })
    .where('id', '=', deviceId)
    .execute()
}

type NewDevice = {
  readonly id: string
  readonly staffId: string
  /** SHA-256 of the token that its browser gets. */
  readonly tokenSha256: Uint8Array
  readonly userAgent: string
  readonly now: Date
}

/** Makes a device known. It replaces the least recently used one where there are too many. The caller holds the person's row. */
export async function addDevice(tx: Transaction<Database>, device: NewDevice): Promise<void> {
  const { id, staffId, tokenSha256, userAgent, now } = device
  await sql`
    delete from staff_device where id in (
      select id from staff_device where staff_id = ${staffId} order by used_at desc, id offset ${DEVICES_MAX - 1})`.execute(
    tx,
  )
  await tx
    .insertInto('staff_device')
    .values({
      id,
      staff_id: staffId,
      token_sha256: Buffer.from(tokenSha256),
      user_agent: userAgent,
      created_at: now,
      used_at: now,
      expires_at: expiryFrom(now),
    })
    .execute()
}

/** Forgets all known devices of the caller, including this one: their sign-ins are counted like those of unknown devices. */
export async function forgetDevices(ctx: StaffContext): Promise<void> {
  const { actor } = ctx
  await inTransaction(ctx.db, async (tx) => {
    const forgotten = await tx
      .deleteFrom('staff_device')
      .where('staff_id', '=', actor.staffId)
      .returning('id')
      .execute()
    if (forgotten.length === 0) return
    await recordAudit(tx, {
      by: actor,
      action: 'staff.devices_forgotten',
      subjectType: 'staff',
      subjectId: actor.staffId,
      before: { devices: forgotten.length },
    })
  })
}

function expiryFrom(now: Date): Date {
  return new Date(now.getTime() + DEVICE_SECONDS_MAX * 1_000)
}
