import type { Books, Movement } from '../processor/records.ts'
import { refundsOf } from '../processor/refunds.ts'
import { apiErrors } from './errors.ts'
import { renderCharge, renderDispute, renderMovement, renderPayout, renderRefund } from './render.ts'
import { type Form, readLimit, requireKnown } from './requests.ts'

/** The refunds of a payment, newest first. */
export function listRefunds(books: Books, form: Form) {
  requireKnown(form, 'listRefunds')
  const refunds = refundsOf(books, form.get('payment_intent') ?? '').toReversed()
  return listOf('/v1/refunds', page(refunds, form), renderRefund)
}

/** Payouts made in a range, newest first. */
export function listPayouts(books: Books, form: Form, live: boolean) {
  requireKnown(form, 'listPayouts')
  const inRange = [...books.payouts.values()].filter(isWithin(form)).toReversed()
  return listOf('/v1/payouts', page(inRange, form), (payout) => renderPayout(payout, live))
}

function isWithin(form: Form) {
  const { gte = '0', lt = '99999999999' } = form.under('created')
  return ({ atMs }: { readonly atMs: number }) => {
    const created = Math.floor(atMs / 1_000)
    return created >= Number(gte) && created < Number(lt)
  }
}

/** The movements of the balance in a range, or those of one payout and its own; newest first. */
export function listMovements(books: Books, form: Form, live: boolean) {
  requireKnown(form, 'listMovements')
  const expanded = Object.values(form.under('expand')).includes('data.source')
  const chargesById = new Map([...books.intents.values()].map((intent) => [intent.chargeId, intent]))
  const sourceOf = ({ sourceId }: Movement) => {
    if (sourceId === undefined) return null
    if (!expanded) return sourceId
    const charge = chargesById.get(sourceId)
    if (charge !== undefined) return renderCharge(charge, live)
    const refund = books.refunds.get(sourceId)
    if (refund !== undefined) return renderRefund(refund)
    const payout = books.payouts.get(sourceId)
    if (payout !== undefined) return renderPayout(payout, live)
    const dispute = books.disputes.get(sourceId)
    return dispute === undefined ? sourceId : renderDispute(dispute, live)
  }
  const inRange = books.movements.filter(isWithin(form)).filter(isOfPayout(books, form.get('payout')))
  return listOf('/v1/balance_transactions', page(inRange.toReversed(), form), (movement) =>
    renderMovement(movement, sourceOf(movement)),
  )
}

function isOfPayout(books: Books, payoutId: string | undefined) {
  if (payoutId === undefined) return () => true
  const payout = books.payouts.get(payoutId)
  if (payout === undefined) throw apiErrors.missing('payout', payoutId)
  return ({ id, sourceId, category }: Movement) =>
    payout.movementIds.has(id) || (category === 'payout' && sourceId === payoutId)
}

type Page<Item> = { readonly items: readonly Item[]; readonly more: boolean }

function page<Item extends { readonly id: string }>(all: readonly Item[], form: Form): Page<Item> {
  const limit = readLimit(form)
  const after = form.get('starting_after')
  const start = after === undefined ? 0 : all.findIndex(({ id }) => id === after) + 1
  if (after !== undefined && start === 0) throw apiErrors.missing('object', after)
  return { items: all.slice(start, start + limit), more: start + limit < all.length }
}

function listOf<Item, Rendered>(url: string, { items, more }: Page<Item>, render: (item: Item) => Rendered) {
  return { object: 'list', url, has_more: more, data: items.map(render) }
}
