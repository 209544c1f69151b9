import { changeSeller, getSeller, Seller } from '@droplock/contracts/console/seller'
import {
  changeSeller as change,
  getSeller as readSeller,
  type SellerNow,
} from '@droplock/core/billing/seller'
import { reply } from '@droplock/http/reply'
import { fromWire, wire } from '@droplock/http/wire'
import type { ConsoleApi, Dependencies } from '../console-api.ts'

/** The mode is the one of the database that this server is started on: nobody enters it. */
export function routeSeller(app: ConsoleApi, { settings: { mode } }: Dependencies): void {
  app.openapi(getSeller, async (c) => reply(c, 200, Seller, presentSeller(mode, await readSeller(c.var.ctx))))

  app.openapi(changeSeller, async (c) => {
    const { reason, address, ...terms } = c.req.valid('json')
    const seller = { mode, taxId: null, taxNote: null, ...fromWire(terms), address: address.join('\n') }
    await change(c.var.ctx, { seller, reason })
    return reply(c, 200, Seller, presentSeller(mode, await readSeller(c.var.ctx)))
  })
}

function presentSeller(mode: 'live' | 'test', seller: SellerNow | undefined) {
  if (seller === undefined) return { database_mode: mode }
  return { database_mode: mode, seller: { ...wire(seller), address: seller.address.split('\n') } }
}
