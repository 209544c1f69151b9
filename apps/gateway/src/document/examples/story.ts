/** One example of a body. */
export type Example = { readonly summary: string; readonly value: object }

/** Examples by the name of their schema in the document, each by a name of its own. */
export type SchemaExamples = Readonly<Record<string, Readonly<Record<string, Example>>>>

/** The one example of a schema. */
export function one(value: object, summary = 'An example'): Readonly<Record<string, Example>> {
  return { example: { summary, value } }
}

// What all examples are about: one order from the balance that was won, and one by card that was lost.

export const id = {
  account: '01985f3a-7c4e-7d10-8a52-3b1f0c9d2e44',
  key: '01985f3b-02d1-7a36-9c1e-5e8d41f7a210',
  subAccount: '01985f3b-88a0-7f42-b6c3-90ab7d15e3c9',
  contact: '01985f3c-10be-7c58-a1d4-7f2e6b9c0d83',
  won: '01985f40-5d7a-7b91-8e2f-1c6a9d3b4f57',
  lost: '01985f41-a3c8-7e06-9b7d-42f8c1e5a6d0',
  payment: '01985f41-a3c9-7160-8d3e-6b5f9a2c7e14',
  refund: '01985f52-1b6f-7d2c-94e8-0a7c3f5d8b96',
  registration: '01985f52-0c4d-7a85-b2f1-8e6d9c3a7f04',
  request: '01985f53-6e92-7c1b-8f4a-5d0e7b9a3c68',
  renewal: '01985f54-c7a1-7e3d-9a6c-2f8b4d1e0c75',
  renewalPayment: '01985f54-c7a2-7f18-b05d-9c3a6e7d1f42',
  invoice: '01985f55-3f80-7b6e-8c2d-7a1f5e9b0d34',
  bulkOrder: '01985f56-9d14-7a0f-b7e3-4c8d2a6f1e95',
  dropList: '01985f30-4b2e-7c9d-8f51-6e3a0d7c9b18',
  topUp: '01985f3d-77e5-7d43-a9b8-1f6c0e2d5a87',
  endpoint: '01985f3e-5c18-7b2a-9f60-3d7e8a1c4b92',
} as const

export const price = { amount_minor: 1_900, currency: 'USD' }
export const usd = (amountMinor: number) => ({ amount_minor: amountMinor, currency: 'USD' })

/** When the list was published, the orders were placed, they closed, and the name dropped. */
export const at = {
  published: '2026-02-11T09:30:00.000Z',
  ordered: '2026-02-12T10:15:04.218Z',
  payBy: '2026-02-12T10:30:04.218Z',
  cutoff: '2026-02-15T15:00:00.000Z',
  dropFrom: '2026-02-15T19:00:00.000Z',
  dropTo: '2026-02-15T20:00:00.000Z',
  caught: '2026-02-15T19:00:00.412Z',
  decided: '2026-02-15T19:00:00.431Z',
  refunded: '2026-02-15T19:00:01.107Z',
  expiry: '2027-02-15T19:00:00.412Z',
} as const

export const schedule = { cutoff_at: at.cutoff, drop_from: at.dropFrom, drop_to: at.dropTo }

const secret = 'pi_2c9ca75910c138d678bff5ba_secret_7d1f42b05d9c3a6e'

/** What the payer pays with, in the sandbox. */
export const toPay = {
  client_secret: secret,
  provider: 'sandbox',
  pay_url: `https://pay.example.com/pay/pi_2c9ca75910c138d678bff5ba?client_secret=${secret}`,
}
