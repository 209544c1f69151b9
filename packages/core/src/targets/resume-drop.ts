import type { OutcomeBasis } from '@droplock/rules/drop/outcome'
import type { Outcome } from '@droplock/rules/machines/catch-target'
import { sql, type Transaction } from 'kysely'
import type { Database } from '../database/tables.gen.ts'
import { lockListing, lockTarget } from '../locks.ts'

/** How a target ended, and what showed it. */
type Found = { readonly outcome: Outcome; readonly basis?: OutcomeBasis | undefined }

/**
 * Whether what a catcher found is true whatever window the name has by now: the registry said it about the name itself. That it was not
 * released in the old window, or what was only presumed, says nothing about the new one.
 */
export function outlastsMove({ outcome, basis }: Found): boolean {
  return outcome !== 'missed' && basis !== 'presumed'
}

type Stopped = { readonly id: string; readonly listing_id: string; readonly backorder_id: string }

/**
 * The drop was stopped while an answer of the registry was under way, and that answer decides the name: its drop goes on, so that it can
 * end. The caller holds the locks. The steps are those of the machines: a listing that was opened again closes first. Returns listing
 * and target as they are then.
 */
export async function resumeDrop(tx: Transaction<Database>, { id, listing_id, backorder_id }: Stopped) {
  await sql`update listing set state = 'closed' where id = ${listing_id} and state = 'open'`.execute(tx)
  await sql`update listing set state = 'dropping' where id = ${listing_id} and state = 'closed'`.execute(tx)
  // What was sent in an earlier arming is still to be decided.
  await sql`
    update target_try set arming = target.arming from catch_target as target
    where target.id = ${id} and target_id = target.id and target_try.state <> 'ended'`.execute(tx)
  await sql`update catch_target set state = 'armed' where id = ${id} and state = 'disarmed'`.execute(tx)
  await sql`update catch_target set state = 'firing' where id = ${id} and state = 'armed'`.execute(tx)
  await sql`
    update backorder set state = 'registering' where id = ${backorder_id} and state = 'backordered'`.execute(
    tx,
  )
  return { listing: await lockListing(tx, listing_id), target: await lockTarget(tx, id) }
}
