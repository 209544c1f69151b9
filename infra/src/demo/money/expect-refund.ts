import { expectThat, orderOf, type Play, until } from './play.ts'
import type { Refund } from './reseller.ts'

/** The failed order has its whole price back, once, and there. Resolves with the refund. */
export async function expectRefund(
  play: Play,
  name: string,
  destination: 'balance' | 'original_payment',
): Promise<Refund> {
  const { id, by, priceMinor } = orderOf(play, name)
  await until(play, `the refund of ${name}`, async () => {
    const { refunds } = await by.client.backorder(id)
    return refunds[0]?.state === 'succeeded'
  })
  const { state, failure_reason: reason, refunds } = await by.client.backorder(id)
  const [refund] = refunds
  expectThat(state === 'failed' && reason === 'lost', `${name} is ${state} (${reason})`)
  expectThat(
    refunds.length === 1 && refund?.destination === destination && refund.amount.amount_minor === priceMinor,
    `${name} was refunded as ${JSON.stringify(refunds)}`,
  )
  if (refund === undefined) throw new Error(`${name} has no refund`)
  return refund
}
