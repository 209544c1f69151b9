import { z } from 'zod'

const moneySchema = z.object({ amount_minor: z.int(), currency: z.string() })

const backorderSchema = z.object({
  id: z.string(),
  name: z.string(),
  state: z.string(),
  price: moneySchema,
  settled_at: z.string().optional(),
  failure_reason: z.string().optional(),
  refunds: z.array(z.object({ state: z.string(), amount: moneySchema })),
})
/** A backorder with what became of it, as its reseller is told. */
export type Backorder = z.output<typeof backorderSchema>

const pageSchema = z.object({ items: z.array(z.object({ id: z.string() })) })

/** What a reseller asks of the gateway with its key. */
type ResellerClient = {
  readonly backorder: (id: string) => Promise<Backorder>
  /** Whether any of the reseller's backorders is still undecided. */
  readonly waits: () => Promise<boolean>
}

/** A reseller's view of the gateway at `url`. */
export function resellerAt(url: string, apiKey: string): ResellerClient {
  const get = async (path: string): Promise<unknown> => {
    const response = await fetch(`${url}${path}`, { headers: { authorization: `Bearer ${apiKey}` } })
    if (!response.ok) throw new Error(`${path} answered ${response.status}: ${await response.text()}`)
    return response.json()
  }
  const has = async (state: string) =>
    pageSchema.parse(await get(`/v1/backorders?state=${state}&limit=1`)).items.length > 0
  return {
    backorder: async (id) => backorderSchema.parse(await get(`/v1/backorders/${id}`)),
    waits: async () => (await has('backordered')) || (await has('registering')),
  }
}
