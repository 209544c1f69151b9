import { publishRun } from '@droplock/core/lists/publish'
import { stageList } from '@droplock/core/lists/stage'
import type { DropEntry } from '@droplock/rules/ports/drop-feed'
import type { Testbed } from './testbed.ts'
import { waitUntil } from './wait-until.ts'

/** A snapshot of the zone `test` with these names, which drop at `purgeAt`. */
export async function publishSnapshot(
  { buyer }: Pick<Testbed, 'buyer'>,
  names: readonly string[],
  purgeAt: Date,
): Promise<void> {
  const run = await stageList(buyer, {
    registryId: 'sim',
    source: 'test',
    format: 'test',
    contentSha256: () => Buffer.from(buyer.newId()),
    scope: () => ({ kind: 'snapshot', zones: ['test'] }),
    entries: entriesOf(names, purgeAt),
  })
  await publishRun(buyer, { runId: run.id, opensAt: new Date(0) })
}

async function* entriesOf(names: readonly string[], purgeAt: Date): AsyncGenerator<DropEntry> {
  const dropDate = purgeAt.toISOString().slice(0, 10)
  for (const [index, name] of names.entries())
    yield { kind: 'row', line: index + 1, name, zone: 'test', purgeAt, dropDate }
}

/** A name with its order, as they are in the database. */
export function readName({ clone }: Pick<Testbed, 'clone'>, name: string) {
  return clone.db
    .selectFrom('listing')
    .leftJoin('backorder', 'backorder.id', 'listing.holder')
    .leftJoin('confirmation', 'confirmation.listing_id', 'listing.id')
    .select(['listing.state', 'suspect', 'backorder.state as order', 'failure_reason', 'result'])
    .where('listing.name', '=', name)
    .executeTakeFirstOrThrow()
}

/** The answers about a name, in the order in which they were asked for. */
export function readAnswers({ clone }: Pick<Testbed, 'clone'>, name: string) {
  return clone.db
    .selectFrom('confirmation_answer')
    .innerJoin('listing', 'listing.id', 'confirmation_answer.listing_id')
    .selectAll('confirmation_answer')
    .where('name', '=', name)
    .orderBy('asked_at')
    .execute()
}

export function confirmed(testbed: Pick<Testbed, 'clone'>, ...names: readonly string[]): Promise<void> {
  return waitUntil(`${names.join(', ')} are confirmed`, async () => {
    const results = await Promise.all(names.map((name) => readName(testbed, name)))
    return results.every(({ result }) => result !== null)
  })
}

/** Orders of this name that were refunded. */
export async function refundsOf({ clone }: Pick<Testbed, 'clone'>, name: string): Promise<number> {
  const refunds = await clone.db
    .selectFrom('refund')
    .innerJoin('payment', 'payment.id', 'refund.payment_id')
    .innerJoin('backorder', 'backorder.id', 'payment.backorder_id')
    .select('refund.id')
    .where('backorder.name', '=', name)
    .execute()
  return refunds.length
}
