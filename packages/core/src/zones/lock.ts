import { Refusal } from '@droplock/rules/refusals'
import type { Transaction } from 'kysely'
import type { Database } from '../database/tables.gen.ts'

/** A zone that a person named, locked. Throws Refusal('zone_not_found'). */
export async function lockNamedZone(tx: Transaction<Database>, name: string) {
  const zone = await tx
    .selectFrom('zone')
    .select(['name', 'enabled'])
    .where('name', '=', name)
    .forNoKeyUpdate()
    .executeTakeFirst()
  if (zone === undefined) throw new Refusal('zone_not_found', 'No registry here serves this zone.', { name })
  return zone
}
