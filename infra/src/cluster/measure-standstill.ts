import { Client } from 'pg'
import type { Environment } from '../environment/environment.ts'
import { ourClid } from '../environment/registries.ts'
import { simulatorAt } from '../environment/simulator.ts'
import type { Output } from '../launch/output.ts'

type Asked = {
  readonly environment: Environment
  readonly registryId: string
  readonly names: readonly { readonly name: string }[]
  /** When the fault began. */
  readonly fault: Date
}

/**
 * Compares every name with what the registry says of it, and says how long orders and creates stood still from the fault on. Resolves with
 * whether every name has an order that is decided as the registry has it. That none that was accepted is lost, the load test sees: its
 * clients wait for the results of all.
 */
export async function measureStandstill(asked: Asked, { say }: Output): Promise<boolean> {
  const { environment, registryId, names, fault } = asked
  const client = new Client({ connectionString: environment.databaseUrl })
  await client.connect()
  try {
    const orders = await longestGap(client, 'select secured_at as at from backorder', fault)
    const creates = await longestGap(
      client,
      "select sent_at as at from catch_attempt where command = 'create'",
      fault,
    )
    say(
      `the longest gap from the fault on: ${orders} ms between two accepted orders, ${creates} ms between two creates`,
    )
    const truth = await simulatorAt(environment.urlOf('registry-sim')).truth(registryId)
    const won = new Set(truth.filter(({ winner }) => winner?.clID === ourClid).map(({ name }) => name))
    const { rows } = await client.query<{ name: string; state: string }>(`
      select listing.name, backorder.state from backorder join listing on listing.id = backorder.listing_id
      where secured_at is not null`)
    const missing = names.length - rows.length
    const undecided = rows.filter(({ state }) => state !== 'successful' && state !== 'failed').length
    const wrong = rows.filter(({ name, state }) => (state === 'successful') !== won.has(name)).length
    say(
      `${names.length} names: ${missing} without an order, ${undecided} undecided, ${wrong} not as the registry has them`,
    )
    console.log(JSON.stringify({ orders_gap_ms: orders, creates_gap_ms: creates, missing, undecided, wrong }))
    return missing === 0 && undecided === 0 && wrong === 0
  } finally {
    await client.end()
  }
}

/** The longest time between two of `times` that ends after `since`. Milliseconds. */
async function longestGap(client: Client, times: string, since: Date): Promise<number> {
  const { rows } = await client.query<{ ms: number | null }>(
    `select max(ms)::integer as ms from (
      select at, extract(epoch from at - lag(at) over (order by at)) * 1000 as ms from (${times}) as each) as pair
    where at > $1`,
    [since],
  )
  return rows[0]?.ms ?? Number.NaN
}
