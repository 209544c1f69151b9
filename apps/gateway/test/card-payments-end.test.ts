import { lapseHolds } from '@droplock/core/backorders/expire'
import { closeDue } from '@droplock/core/schedule/steps'
import { describe, expect, test } from 'vitest'
import type { z } from 'zod'
import type { Payment } from '../src/resources/payments.ts'
import { type CardWorld, cards, orderByCard, useSandboxWorld, useStripeWorld } from './support/card-world.ts'
import { priceMinor } from './support/world.ts'

const price = { amount_minor: priceMinor, currency: 'USD' }

/** Orders for the name close now, and the worker has seen it. */
async function cutOff({ ctx }: CardWorld, name: string): Promise<void> {
  const now = new Date()
  await ctx.db.updateTable('listing').set({ cutoff_at: now }).where('name', '=', name).execute()
  await ctx.db.updateTable('backorder').set({ pay_by: now }).where('name', '=', name).execute()
  await lapseHolds(ctx)
  await closeDue(ctx)
}

/** What the provider has sent back of a payment, in its own books. Minor units. */
async function sentBack({ provider }: CardWorld, { client_secret: secret = '' }: z.output<typeof Payment>) {
  const [providerId] = secret.split('_secret_')
  const range = { from: new Date(Date.now() - 3_600_000), to: new Date(Date.now() + 3_600_000) }
  const listed = await provider.listBalanceTransactions(range)
  if (listed.kind !== 'done') throw new Error(`the provider's books: ${listed.kind}`)
  const { transactions } = listed.value
  return Promise.all(
    transactions
      .filter(({ kind }) => kind === 'refund')
      .map(({ objectId = '' }) => provider.getRefund(objectId)),
  ).then((refunds) =>
    refunds.flatMap((refund) =>
      refund.kind === 'done' && refund.value.providerPaymentId === providerId
        ? [Number(refund.value.amount.amountMinor)]
        : [],
    ),
  )
}

describe.each([
  ['sandbox', useSandboxWorld()],
  ['Stripe', useStripeWorld()],
] as const)('by the %s provider', (_, world) => {
  test('a cut-off whose cancellation is there before the money: nothing is taken, and the order says that it ended', async () => {
    const { pay, finishStep, work } = world()
    const { payment, read } = await orderByCard(world(), 'cut-before.test')
    await pay(payment, 'extraStep')
    await cutOff(world(), 'cut-before.test')
    await work()
    // The payer confirms all the same; the provider refuses it.
    await finishStep(payment, true).catch(() => undefined)
    await work()
    expect(await read()).toMatchObject({
      state: 'expired',
      expired_reason: 'lapsed',
      payments: [{ state: 'canceled', secures: false }],
      refunds: [],
    })
    expect(await sentBack(world(), payment)).toEqual([])
  })

  test.each([
    ['before the cut-off, and reported after it', 'cut-reported.test', 'approve'],
    ['by a bank that was asked before the cut-off and decides after it', 'cut-decided.test', 'late'],
  ] as const)(
    'money that was taken %s goes back to the card by itself, once, and the order says so',
    async (...[, name, card]) => {
      const { pay, settle, webhooksIdle, work } = world()
      const { payment, read } = await orderByCard(world(), name)
      await pay(payment, card)
      await webhooksIdle()
      await cutOff(world(), name)
      await work()
      if (card === 'late') await settle(payment)
      // However often anything is looked at again.
      for (let time = 0; time < 3; time += 1) await work()
      expect(await read()).toMatchObject({
        state: 'expired',
        payments: [{ state: 'succeeded', secures: false }],
        refunds: [
          { cause: 'late_payment', destination: 'original_payment', state: 'succeeded', amount: price },
        ],
      })
      expect(await sentBack(world(), payment)).toEqual([priceMinor])
    },
  )
})

const world = useSandboxWorld()

const press = async (payUrl: string, fields: Record<string, string>): Promise<string> => {
  const { pathname, searchParams, origin } = new URL(payUrl)
  const body = new URLSearchParams({ client_secret: searchParams.get('client_secret') ?? '', ...fields })
  const answer = await fetch(origin + pathname, { method: 'POST', body })
  expect([answer.status, answer.headers.get('content-type')]).toEqual([200, expect.stringContaining('html')])
  return answer.text()
}
const card = (name: keyof typeof cards) => ({ card: cards[name] })
const opened = async (name: string) => {
  const { payment, read } = await orderByCard(world(), name)
  return { payUrl: payment.pay_url ?? '', read }
}
const closes = 'You can close this page; the shop has the result.'

describe('without a page of the buyer to lead back to, the card page says how it ended and leads nowhere', () => {
  test('paid', async () => {
    const { payUrl } = await opened('no-way-paid.test')
    const page = await press(payUrl, card('approve'))
    expect(page).toContain('The payment was made.')
    expect(page).toContain(closes)
    expect(page).not.toMatch(/href=|<form/)
    // Pressed once more, from a window that was left open.
    expect(await press(payUrl, card('approve'))).toContain('The payment was made.')
  })

  test('left to the bank', async () => {
    const page = await press((await opened('no-way-late.test')).payUrl, card('late'))
    expect(page).toContain('Your bank has not decided yet.')
    expect(page).toContain(closes)
    expect(page).not.toMatch(/href=|<form/)
  })

  test('declined, and an extra step that is refused: another card can be tried', async () => {
    const { payUrl } = await opened('no-way-declined.test')
    expect(await press(payUrl, card('decline'))).toContain('The card was declined. Nothing was taken.')
    await press(payUrl, card('extraStep'))
    const refused = await press(payUrl, { passed: 'no' })
    expect(refused).toContain('The payment was not confirmed at your bank. Nothing was taken.')
    expect(refused).toContain('can pay with another card until')
    expect(refused).toContain('<button>Pay</button>')
    expect(refused).not.toContain('href=')
    expect(await press(payUrl, card('approve'))).toContain('The payment was made.')
  })

  test('the time to pay passed while the page was open', async () => {
    const { payUrl } = await opened('no-way-over.test')
    await cutOff(world(), 'no-way-over.test')
    await world().work()
    const page = await press(payUrl, card('approve'))
    expect(page).toContain(
      'The time to pay is over, or the shop has cancelled this payment. Nothing was taken.',
    )
    expect(page).toContain(closes)
    expect(page).not.toMatch(/href=|<form/)
  })
})
