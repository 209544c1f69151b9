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
const page = z.object({ items: z.array(z.unknown()) })
const balance = z.object({ balance: money })

/** What the demo's resellers ask of the gateway. Each rejects with the problem when it is not answered as it should be. */
export type Reseller = ReturnType<typeof resellerAt>

export function resellerAt(url: string, apiKey: string) {
  const headers = { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json' }
  const read = async <Schema extends z.ZodType>(path: string, schema: Schema, body?: object) => {
    const request = body === undefined ? { headers } : { method: 'POST', headers, body: JSON.stringify(body) }
    const response = await fetch(`${url}${path}`, request)
    const text = await response.text()
    if (!response.ok) throw new Error(`${path} answered ${response.status}: ${text}`)
    return schema.parse(JSON.parse(text))
  }
  const has = async (state: string) =>
    (await read(`/v1/backorders?state=${state}&limit=1`, page)).items.length > 0
  return {
    order: (name: string, by: 'balance' | 'card') => read('/v1/backorders', placed, { name, payment: by }),
    release: (id: string) => read(`/v1/backorders/${id}/release`, backorder, {}),
    backorder: (id: string) => read(`/v1/backorders/${id}`, detail),
    payment: (id: string) => read(`/v1/payments/${id}`, paymentDetail),
    balanceMinor: async () => (await read('/v1/balance', balance)).balance.amount_minor,
    /** Whether any of the reseller's orders is still undecided. */
    waits: async () => (await has('backordered')) || (await has('registering')),
  }
}

export type Detail = z.output<typeof detail>
export type Refund = z.output<typeof refund>
