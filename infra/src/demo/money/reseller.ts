import { z } from 'zod'

const money = z.object({ amount_minor: z.int(), currency: z.string() })
const refund = z.object({
  id: z.string(),
  cause: z.string(),
  state: z.string(),
  destination: z.string(),
  amount: money,
})
const payment = z.object({
  id: z.string(),
  state: z.string(),
  amount: money,
  client_secret: z.string().optional(),
})
const paymentDetail = payment.extend({ refunds: z.array(refund) })
const backorder = z.object({
  id: z.string(),
  name: z.string(),
  state: z.string(),
  price: money,
  failure_reason: z.string().optional(),
})
const placed = backorder.extend({ payment: payment.optional() })
const detail = backorder.extend({ refunds: z.array(refund) })
const quote = z.object({ price: money, expires_at: z.string(), new_expires_at: z.string() })
const renewal = z.object({
  id: z.string(),
  state: z.string(),
  price: money,
  new_expires_at: z.string().optional(),
  payment: payment.optional(),
})
const invoice = z.object({ id: z.string(), number: z.string(), gross: money })
const page = z.object({ items: z.array(z.unknown()) })
const balance = z.object({ balance: money })

/** What the demo's resellers ask of the gateway. Each rejects with the problem when it is not answered as it should be. */
export type Reseller = ReturnType<typeof resellerAt>

export function resellerAt(url: string, apiKey: string) {
  const headers = { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json' }
  const ask = async (path: string, body?: object, method = body === undefined ? 'GET' : 'POST') => {
    const request = { method, headers, ...(body && { body: JSON.stringify(body) }) }
    const response = await fetch(`${url}${path}`, request)
    if (!response.ok) throw new Error(`${path} answered ${response.status}: ${await response.text()}`)
    return response
  }
  const read = async <Schema extends z.ZodType>(path: string, schema: Schema, body?: object) =>
    schema.parse(await (await ask(path, body)).json())
  const has = async (state: string) =>
    (await read(`/v1/backorders?state=${state}&limit=1`, page)).items.length > 0
  return {
    order: (name: string, by: 'balance' | 'card') => read('/v1/backorders', placed, { name, payment: by }),
    release: (id: string) => read(`/v1/backorders/${id}/release`, backorder, {}),
    backorder: (id: string) => read(`/v1/backorders/${id}`, detail),
    payment: (id: string) => read(`/v1/payments/${id}`, paymentDetail),
    balanceMinor: async () => (await read('/v1/balance', balance)).balance.amount_minor,
    quoteRenewal: (id: string) => read(`/v1/backorders/${id}/renewal-quote?years=1`, quote),
    orderRenewal: (id: string, by: 'balance' | 'card', quoted: z.output<typeof quote>) => {
      const { price, expires_at } = quoted
      return read(`/v1/backorders/${id}/renewals`, renewal, { years: 1, payment: by, price, expires_at })
    },
    renewal: (id: string) => read(`/v1/renewals/${id}`, renewal),
    putBillingProfile: (profile: object) => ask('/v1/billing-profile', profile, 'PUT'),
    requestInvoice: (id: string) => read(`/v1/backorders/${id}/invoice`, invoice, {}),
    invoicePdf: async (id: string) =>
      new Uint8Array(await (await ask(`/v1/invoices/${id}/pdf`)).arrayBuffer()),
    /** Whether any of the reseller's orders is still undecided. */
    waits: async () => (await has('backordered')) || (await has('registering')),
  }
}

export type Refund = z.output<typeof refund>
