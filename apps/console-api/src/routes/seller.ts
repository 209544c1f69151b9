import { changeSeller, getSeller, Seller } from '@droplock/contracts/console/seller'
import { changeSeller as change, getSeller as readSeller } from '@droplock/core/billing/seller'
import { reply } from '@droplock/http/reply'
import type { ConsoleApi, Dependencies } from '../console-api.ts'
import { presentSeller } from '../present/seller.ts'

/** The mode is nobody's to type: it is the one of the database that this server is started on. */
export function routeSeller(app: ConsoleApi, { settings: { mode } }: Dependencies): void {
  app.openapi(getSeller, async (c) => reply(c, 200, Seller, presentSeller(mode, await readSeller(c.var.ctx))))

  app.openapi(changeSeller, async (c) => {
    const { reason, ...terms } = c.req.valid('json')
    const seller = {
      mode,
      legalName: terms.legal_name,
      address: terms.address.join('\n'),
      country: terms.country,
      taxId: terms.tax_id ?? null,
      taxBasisPoints: terms.tax_basis_points,
      taxNote: terms.tax_note ?? null,
    }
    await change(c.var.ctx, { seller, reason })
    return reply(c, 200, Seller, presentSeller(mode, await readSeller(c.var.ctx)))
  })
}
