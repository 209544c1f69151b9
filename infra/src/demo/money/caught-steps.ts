import type { Schema } from '@droplock/sdk/client'
import { cards } from '../../seed/accounts.ts'
import {
  balanceMinor,
  cardOf,
  expectThat,
  orderFromBalance,
  orderOf,
  payableBy,
  paymentOf,
  type Run,
  type Step,
  secureByCard,
  until,
} from './run.ts'

// What money does after a name was caught.

const disputed = 'disputed.com'
/** The cardholder disputes the payment of a caught name: the balance bears it until the dispute is won. */
export const dispute: Step = {
  figure: 'disputes_won',
  names: [[disputed, 'caught']],
  before: (run) => secureByCard(run, run.buyer, disputed, cards.good),
  after: async (run) => {
    const { buyer, bank } = run
    const { priceMinor } = orderOf(run, disputed)
    const before = await balanceMinor(buyer)
    const has = (minor: number) => async () => (await balanceMinor(buyer)) === minor
    const disputeId = await bank.openDispute(cardOf(run, disputed).providerId)
    await until(run, 'the debt of the dispute', has(before - priceMinor))
    const { state } = await paymentOf(run, disputed)
    expectThat(state === 'disputed', `the payment is ${state}`)
    await bank.closeDispute(disputeId, true)
    await until(run, 'the end of the dispute', has(before))
    run.say(`${disputed}: disputed, the balance bore ${priceMinor}; won, and the balance has it back`)
    return 1
  },
}

const invoiced = 'invoiced.com'
const profile = {
  legal_name: 'Cedar Cards 雪松 GmbH',
  address: ['Beispielweg 7', '10115 Berlin'],
  country: 'DE',
  tax_id: 'DE123456789',
  email: 'accounts@cedar.example',
}

/** A caught name is invoiced on request: one number for the name, however often it is requested. */
export const invoice: Step = {
  figure: 'invoice_pdf_octets',
  names: [[invoiced, 'caught']],
  before: (run) => secureByCard(run, run.buyer, invoiced, cards.good),
  after: async (run) => {
    const { client } = run.buyer
    const { id, priceMinor } = orderOf(run, invoiced)
    await client.put('/v1/billing-profile', { body: profile, params: { header: { 'If-None-Match': '*' } } })
    const request = () => client.post('/v1/backorders/{id}/invoice', { params: { path: { id } } })
    const issued = await request()
    expectThat(
      issued.gross.amount_minor === priceMinor,
      `${issued.number} is of ${issued.gross.amount_minor}`,
    )
    const again = await request()
    expectThat(again.number === issued.number, `${invoiced} has ${issued.number} and ${again.number}`)
    const path = { id: issued.id }
    const pdf = await client.get('/v1/invoices/{id}/pdf', { params: { path }, parseAs: 'arrayBuffer' })
    const head = Buffer.from(pdf).subarray(0, 5).toString('latin1')
    expectThat(head === '%PDF-', `the invoice begins with ${head}`)
    run.say(`${invoiced}: invoice ${issued.number}, a PDF of ${pdf.byteLength} octets`)
    return pdf.byteLength
  },
}

const fromBalance = 'renewed-from-the-balance.com'
const byCard = 'renewed-by-card.com'
/** Two caught names are renewed for a year more by EPP, with the expiry date as guard. */
export const renewals: Step = {
  figure: 'renewals',
  names: [
    [fromBalance, 'caught'],
    [byCard, 'caught'],
  ],
  before: async (run) => {
    await orderFromBalance(run, run.rich, fromBalance)
    await secureByCard(run, run.buyer, byCard, cards.good)
  },
  after: async (run) => {
    await renew(run, fromBalance, 'balance')
    await renew(run, byCard, 'card')
    run.say(`${fromBalance}, ${byCard}: renewed at the registry for a year more`)
    return 2
  },
}

async function renew(run: Run, name: string, payment: 'balance' | 'card'): Promise<void> {
  const {
    id,
    by: { client },
  } = orderOf(run, name)
  const { items } = await client.get('/v1/registrations', { params: { query: { backorder_id: id } } })
  const registration = { path: { id: items[0]?.id ?? '' } }
  const quote = await client.get('/v1/registrations/{id}/renewal-quote', {
    params: { ...registration, query: { years: 1 } },
  })
  const { price, expires_at } = quote
  const ordered = await client.post('/v1/registrations/{id}/renewals', {
    params: registration,
    body: { years: 1, payment, price, expires_at },
  })
  if (payment === 'card') await run.bank.pay(payableBy(ordered.payment), cards.good)
  const read = () => client.get('/v1/renewals/{id}', { params: { path: { id: ordered.id } } })
  await until(run, `the renewal of ${name}`, async () => isDecided(await read()))
  const { state, new_expires_at: expiresAt } = await read()
  expectThat(state === 'successful', `the renewal of ${name} is ${state}`)
  expectThat(expiresAt === quote.new_expires_at, `${name} expires ${expiresAt}, not ${quote.new_expires_at}`)
}

const isDecided = ({ state }: Schema<'Renewal'>) => state === 'successful' || state === 'failed'
