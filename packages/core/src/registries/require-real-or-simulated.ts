import { RealAndSimulatedMixed } from '@droplock/rules/registries/real-and-simulated'
import { sql, type Transaction } from 'kysely'
import type { Database } from '../database/tables.gen.ts'

/**
 * Throws RealAndSimulatedMixed where a real registry account would stand beside a simulated one, or beside a payment of the sandbox
 * provider, whose balance would buy real names. The servers ask again when they start and while they run: see `openProvider`.
 */
export async function requireRealOrSimulated(tx: Transaction<Database>): Promise<void> {
  const { rows } = await sql<{ real: boolean; simulated: boolean; played: boolean }>`
    select exists (select from registry_account where not is_simulator) as real,
      exists (select from registry_account where is_simulator) as simulated,
      exists (select from payment where provider = 'sandbox') as played`.execute(tx)
  const { real = false, simulated = false, played = false } = rows[0] ?? {}
  if (real && simulated) throw new RealAndSimulatedMixed('a real registry account beside a simulated one')
  if (real && played) throw new RealAndSimulatedMixed('a real registry account where play money was taken')
}
