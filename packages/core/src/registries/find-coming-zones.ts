import { type ContactRole, isContactRole } from '@droplock/rules/contacts/roles'
import { sql } from 'kysely'
import type { Context } from '../context.ts'

/** A zone of which names drop soon, with what a create in it must carry. */
export type ComingZone = {
  readonly zone: string
  readonly firstDropAt: Date
  readonly mayHavePremium: boolean
  readonly contactRoles: readonly ContactRole[]
}

/** The registry's zones that have live listings whose window starts within `leadMs`, those of windows long past included. */
export async function findComingZones(
  ctx: Context,
  registryId: string,
  leadMs: number,
): Promise<readonly ComingZone[]> {
  const { rows } = await sql<Omit<ComingZone, 'contactRoles'> & { contactRoles: readonly string[] }>`
    select zone.name as zone, first_drop_at as "firstDropAt", may_have_premium as "mayHavePremium",
      contact_roles as "contactRoles"
    from zone cross join lateral (
      select min(drop_from) as first_drop_at from listing
      where listing.zone = zone.name and state in ('upcoming', 'open', 'closed', 'dropping')) as coming
    where registry_id = ${registryId}
      and first_drop_at <= statement_timestamp() + ${leadMs} * interval '1 millisecond'
    order by zone.name`.execute(ctx.db)
  return rows.map((row) => ({ ...row, contactRoles: row.contactRoles.filter(isContactRole) }))
}
