import { advanceFeed } from '@droplock/core/events/feed'
import { readInvariants } from '@droplock/core/invariants'
import { sendRefunds } from '../../../../../packages/core/test/support/cards.ts'
import type { FakeProvider } from '../../../../../packages/core/test/support/fake-provider.ts'
import type { Testbed } from '../../support/testbed.ts'

/** Checks money, statistics and events after the burst: refunds reach their cards first. Returns what is wrong. */
export async function judgeBooks(testbed: Testbed, provider: FakeProvider): Promise<readonly string[]> {
  const { buyer } = testbed
  await sendRefunds(buyer, provider)
  while ((await advanceFeed(buyer)) > 0);
  const { invariants, escrowMinor } = await readInvariants(buyer)
  return [
    ...invariants
      .filter(({ violations }) => violations > 0)
      .map(({ name, violations }) => `${name}: ${violations}`),
    ...Object.entries(escrowMinor)
      .filter(([, minor]) => minor !== 0n)
      .map(([currency, minor]) => `${minor} ${currency} are left in escrow`),
    ...(await wrongRefunds(testbed, provider)),
    ...(await wrongEvents(testbed)),
  ]
}

/** Every failure is refunded once, in full, to where it was paid from; a win never is. The card's provider has as many. */
async function wrongRefunds({ clone }: Testbed, provider: FakeProvider): Promise<readonly string[]> {
  const orders = await clone.db
    .selectFrom('backorder')
    .innerJoin('payment', 'payment.backorder_id', 'backorder.id')
    .leftJoin('refund', 'refund.payment_id', 'payment.id')
    .select(['backorder.name', 'backorder.state', 'price_minor', 'payment.method'])
    .select(['refund.id as refund', 'refund.state as refunded', 'refund.amount_minor', 'destination'])
    .execute()
  const wrong = [...Map.groupBy(orders, ({ name }) => name)].flatMap(([name, refunds]) => {
    const [first] = refunds
    if (first === undefined) return []
    const { state, method, refund, refunded, amount_minor, price_minor, destination } = first
    if (state === 'successful') return refund === null ? [] : [`${name} is ours and was refunded`]
    if (refunds.length > 1) return [`${name} was refunded ${refunds.length} times`]
    const to = method === 'card' ? 'original_payment' : 'balance'
    const is = `${refunded} of ${amount_minor} to ${destination}`
    // What was paid from the balance has that as its original payment.
    const should = [to, 'original_payment'].map((each) => `succeeded of ${price_minor} to ${each}`)
    return should.includes(is) ? [] : [`${name} was refunded: ${is}, not ${should.join(' or ')}`]
  })
  const toCards = orders.filter(({ method, refund }) => method === 'card' && refund !== null).length
  if (provider.refunds.size !== toCards)
    wrong.push(`${provider.refunds.size} refunds at the provider for ${toCards} of ours`)
  return wrong
}

/** Every order has each of its events once, and their positions have no gap. */
async function wrongEvents({ clone }: Testbed): Promise<readonly string[]> {
  const events = await clone.db.selectFrom('event').select(['topic', 'subject_id', 'position']).execute()
  const orders = await clone.db.selectFrom('backorder').select(['id', 'name', 'state']).execute()
  const counts = new Map<string, number>()
  for (const { topic, subject_id } of events)
    counts.set(`${topic} ${subject_id}`, (counts.get(`${topic} ${subject_id}`) ?? 0) + 1)
  const wrong = orders.flatMap(({ id, name, state }) =>
    (['secured', 'registering', 'successful', 'failed'] as const).flatMap((step) => {
      const count = counts.get(`backorder.${step} ${id}`) ?? 0
      const should = step === 'successful' || step === 'failed' ? (state === step ? 1 : 0) : 1
      return count === should ? [] : [`${name} has ${count} events backorder.${step}`]
    }),
  )
  const positions = events.map(({ position }) => Number(position)).toSorted((one, other) => one - other)
  if (positions.some((position, index) => position !== index + 1))
    wrong.push('the positions of the events have gaps')
  return wrong
}
