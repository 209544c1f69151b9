import { decideCare, leadMs, type SandboxCare, type SandboxName } from '@droplock/rules/sandbox-drops'
import { type Selectable, sql } from 'kysely'
import type { Context } from '../context.ts'
import { noteWork } from '../database/note-work.ts'
import type { SandboxDropTable } from '../database/tables.gen.ts'
import { databaseTime } from '../database/time.ts'
import { isListed } from '../is-listed.ts'
import { afterLead } from './request-drop.ts'

/** Tells the registry of the sandbox when names are to drop. Telling it again changes nothing. */
export type PlanDrops = (drops: readonly { readonly name: string; readonly dropsAt: Date }[]) => Promise<void>

/** A worker that died is not waited for any longer. Seconds. */
const CLAIM_SECONDS = 5

/** A name is listed for at least this share of the time that its scale says; the drop is put off where a worker comes later. */
const LEAD_SHARE_MIN = 0.8

/**
 * Looks after the drop of a sandbox that has waited for that the longest: has the registry plan it and its list read, and notes that its names
 * are listed and that they have ended. Another worker passes it over meanwhile; every step can be repeated. False: none waits. Throws what
 * `planDrops` throws; the drop is tried again then.
 */
export async function attendSandboxDrop(ctx: Context, planDrops: PlanDrops): Promise<boolean> {
  const drop = await claim(ctx)
  if (drop === undefined) return false
  const first = decideCare(await readNames(ctx, drop), drop.drops_at, await databaseTime(ctx.db))
  if (first.plan.length > 0) await planDrops(first.plan.map((name) => ({ name, dropsAt: drop.drops_at })))
  if (first.readsList) await requestList(ctx, drop.zone)
  await record(ctx, drop.id, first)
  return true
}

type Drop = Selectable<SandboxDropTable>

async function claim({ db }: Context): Promise<Drop | undefined> {
  const { rows } = await sql<Drop>`
    update sandbox_drop set attend_at = clock_timestamp() + ${CLAIM_SECONDS} * interval '1 second'
    where id = (select id from sandbox_drop where ended_at is null and attend_at <= statement_timestamp()
      order by attend_at limit 1 for update skip locked)
    returning *`.execute(db)
  const drop = rows[0]
  return drop?.loaded_at === null ? putOff({ db }, drop) : drop
}

/** A drop that nobody has looked after in time still leaves the time to order. */
async function putOff({ db }: Pick<Context, 'db'>, drop: Drop): Promise<Drop> {
  const shortestMs = leadMs(drop.time_scale) * LEAD_SHARE_MIN
  const late = await db
    .updateTable('sandbox_drop')
    .set({ drops_at: afterLead(drop.time_scale) })
    .where('id', '=', drop.id)
    .where('loaded_at', 'is', null)
    .where(sql<boolean>`drops_at < clock_timestamp() + ${shortestMs} * interval '1 millisecond'`)
    .returning('drops_at')
    .executeTakeFirst()
  return late === undefined ? drop : { ...drop, drops_at: late.drops_at }
}

async function readNames({ db }: Context, drop: Drop): Promise<readonly SandboxName[]> {
  const { rows } = await sql<SandboxName>`
    select asked.name, listing.state, coalesce(listing.drop_at = ${drop.drops_at}, false) as "isInTime",
      exists (select from sandbox_drop as later
        where later.account_id = ${drop.account_id} and later.id > ${drop.id} and asked.label = any(later.labels)) as "isTaken"
    from (select label, label || '.' || ${drop.zone} as name from unnest(${drop.labels}::text[]) as label) as asked
      left join lateral (
        select state, coalesce(listed_drop_from, drop_from) + early_seconds * interval '1 second' as drop_at
        from listing join zone on zone.name = listing.zone where listing.name = asked.name and ${isListed()} order by cycle desc limit 1)
        as listing on true`.execute(db)
  return rows
}

async function requestList({ db }: Context, zone: string): Promise<void> {
  await db
    .updateTable('list_source')
    .set({ requested: 'list' })
    .where('enabled', '=', true)
    .where('registry_id', '=', (eb) => eb.selectFrom('zone').select('registry_id').where('name', '=', zone))
    .execute()
  noteWork(db)
}

async function record({ db }: Context, id: string, care: SandboxCare): Promise<void> {
  const now = sql<Date>`clock_timestamp()`
  await db
    .updateTable('sandbox_drop')
    .set({
      attend_at: sql<Date>`clock_timestamp() + ${care.againMs} * interval '1 millisecond'`,
      loaded_at: sql<Date>`coalesce(loaded_at, clock_timestamp())`,
      ...(care.isListed && { listed_at: sql<Date>`coalesce(listed_at, clock_timestamp())` }),
      ...(care.hasEnded && { ended_at: now }),
    })
    .where('id', '=', id)
    .where('ended_at', 'is', null)
    .execute()
}
