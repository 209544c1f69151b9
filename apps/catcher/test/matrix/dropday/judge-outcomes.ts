import type { NameTruth } from '../../../../registry-sim/src/registry/truth.ts'
import { SECOND } from '../../support/second-account.ts'
import { ACCOUNT, type Testbed } from '../../support/testbed.ts'

/** Our accounts, by their client ids. */
const ourAccounts: ReadonlyMap<string, string> = new Map([
  ['droplock', ACCOUNT],
  [SECOND.clid, SECOND.id],
])

export const isOurs = (clid: string | undefined): boolean => clid !== undefined && ourAccounts.has(clid)

/** Numbers by outcome, and what the registry's truth contradicts. */
export type Judged = { readonly ends: Readonly<Record<string, number>>; readonly wrong: readonly string[] }

/** Compares every order with the truth about its name: its end, when it was settled, and who holds the name, for which of our accounts. */
export async function judgeOutcomes(testbed: Testbed): Promise<Judged> {
  const truths = new Map(testbed.simulator.truth('sim').map((truth) => [truth.name, truth]))
  const rows = await readOrders(testbed)
  const ends: Record<string, number> = {}
  const wrong: string[] = []
  for (const row of rows) {
    const reason = row.failure_reason ?? row.state
    ends[reason] = (ends[reason] ?? 0) + 1
    const truth = truths.get(row.name)
    if (truth === undefined) throw new Error(`the registry never held ${row.name}`)
    const is = row.state === 'successful' ? `successful ${row.settled_at?.toISOString()}` : reason
    const should = expectedEnd(truth)
    if (is !== should) wrong.push(`${row.name} is ${is} (${row.basis}), and should be ${should}`)
    else wrong.push(...wrongHolder(row, truth))
    const created = truth.arrivals.filter(({ code }) => code === 1000).length
    if (created > 1) wrong.push(`${row.name} was created ${created} times`)
  }
  if (rows.length !== truths.size) wrong.push(`${rows.length} orders for ${truths.size} names`)
  wrong.push(...(await wrongCharges(testbed)))
  return { ends, wrong }
}

/**
 * A name that is free to the end of its grace was not caught in all that time: no fault lasts so long. Whoever registers it does so within
 * its window.
 */
function expectedEnd({ kind, winner }: NameTruth): string {
  if (winner !== null) return isOurs(winner.clID) ? `successful ${winner.crDate}` : 'lost'
  if (kind === 'normal') return 'caught, for it was free to the end'
  return kind === 'unreleased' ? 'missed' : kind
}

type Order = Awaited<ReturnType<typeof readOrders>>[number]

function readOrders({ clone }: Testbed) {
  return clone.db
    .selectFrom('backorder')
    .innerJoin('catch_target', 'catch_target.backorder_id', 'backorder.id')
    .leftJoin('registration', 'registration.backorder_id', 'backorder.id')
    .leftJoin('registry_charge', 'registry_charge.backorder_id', 'backorder.id')
    .select(['backorder.name', 'backorder.state', 'backorder.failure_reason', 'backorder.settled_at'])
    .select(['catch_target.holder_clid', 'catch_target.decided_basis as basis', 'winner_created_at'])
    .select(['registration.registry_account_id as held', 'registry_charge.registry_account_id as charged'])
    .execute()
}

function wrongHolder(
  { name, holder_clid, winner_created_at, held, charged }: Order,
  { winner }: NameTruth,
): readonly string[] {
  if (winner === null) return []
  const clid = winner.clID
  const wrong: string[] = []
  if (holder_clid !== clid) wrong.push(`${name} is held by ${clid}, not by ${holder_clid}`)
  const account = ourAccounts.get(clid)
  if (account !== undefined && (held !== account || charged !== account))
    wrong.push(`${name} is held by ${account}, not by ${held}, which was charged as ${charged}`)
  if (account === undefined && winner_created_at?.toISOString() !== winner.crDate)
    wrong.push(`${name} was lost at ${winner.crDate}, not at ${winner_created_at?.toISOString()}`)
  return wrong
}

type Use = {
  readonly clid: string
  readonly charged: readonly { readonly operation: string; readonly count: number }[]
}

/** The registry has charged each account for as many creates as we have. */
async function wrongCharges(testbed: Testbed): Promise<readonly string[]> {
  const charges = await testbed.clone.db
    .selectFrom('registry_charge')
    .select('registry_account_id as id')
    .execute()
  return (await readUse<Use>(testbed)).flatMap(({ clid, charged }) => {
    const theirs = charged
      .filter(({ operation }) => operation === 'create' || operation === 'award')
      .reduce((sum, { count }) => sum + count, 0)
    const ours = charges.filter(({ id }) => id === ourAccounts.get(clid)).length
    return !isOurs(clid) || theirs === ours
      ? []
      : [`the registry charged ${clid} for ${theirs} creates, and we count ${ours}`]
  })
}

/** How each account has used its limits, by the registry. */
export async function readUse<Row>(testbed: Testbed): Promise<readonly Row[]> {
  const answer = await fetch(`${testbed.simulator.control}/registries/sim/violations`)
  return ((await answer.json()) as { accounts: readonly Row[] }).accounts
}
