import type { Books, CommandWriter, Movement, Outcome, PayoutRecord } from './records.ts'

/** Banks take a day or two. Milliseconds. */
const arrivalMs = 2 * 86_400_000

/** Pays out every movement of the currency that no payout has yet. */
export function payOut(writer: CommandWriter, currency: string): Outcome {
  const movements = unpaid(writer.books, currency)
  const amountMinor = movements.reduce((sum, each) => sum + each.amountMinor - each.feeMinor, 0n)
  if (amountMinor <= 0n) return { kind: 'refused', code: 'nothing_to_pay_out' }
  const payout: PayoutRecord = {
    id: `po_${writer.id}`,
    amountMinor,
    currency,
    status: 'in_transit',
    movementIds: new Set(movements.map(({ id }) => id)),
    arrivesAtMs: writer.atMs + arrivalMs,
    atMs: writer.atMs,
  }
  writer.addMovement({ category: 'payout', amountMinor: -amountMinor, ...movementOf(payout) })
  return save(writer, payout)
}

/** The movements of payouts themselves are paid out by none, but the money of a refused one is. */
function unpaid({ movements, payouts }: Books, currency: string): Movement[] {
  const paid = new Set([...payouts.values()].flatMap(({ movementIds }) => [...movementIds]))
  return movements.filter((each) => {
    return each.currency === currency && each.category !== 'payout' && !paid.has(each.id)
  })
}

/** It arrives at the merchant's bank. */
export function performDuePayout(writer: CommandWriter, payout: PayoutRecord): Outcome {
  return save(writer, { ...payout, status: 'paid' })
}

/** The money comes back, and the next payout has it. */
export function failPayout(writer: CommandWriter, payoutId: string): Outcome {
  const payout = writer.books.payouts.get(payoutId)
  if (payout === undefined) return { kind: 'refused', code: 'not_found' }
  if (payout.status === 'failed') return { kind: 'refused', code: 'wrong_state' }
  const { amountMinor } = payout
  writer.addMovement({ category: 'payout_reversal', amountMinor, ...movementOf(payout) })
  return save(writer, { ...payout, status: 'failed' })
}

/** A fee that belongs to no payment. */
export function chargeFee(writer: CommandWriter, amountMinor: bigint, currency: string): Outcome {
  writer.addMovement({ category: 'fee', amountMinor: -amountMinor, feeMinor: 0n, currency })
  return { kind: 'accepted' }
}

function movementOf({ currency, id }: PayoutRecord) {
  return { feeMinor: 0n, currency, sourceId: id }
}

function save(writer: CommandWriter, payout: PayoutRecord): Outcome {
  writer.books.payouts.set(payout.id, payout)
  return { kind: 'payout', payout }
}
