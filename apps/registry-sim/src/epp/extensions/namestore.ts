import { extensionUris } from '../../registry/conduct.ts'
import { zoneAbove } from '../../registry/names.ts'
import type { Context } from '../decision.ts'
import { EppFault } from '../result-codes.ts'
import { readChildren, token } from '../xml.ts'

function subProductOf(zone: string): string {
  return `dot${zone.toUpperCase()}`
}

/**
 * The zones that a command may use. At a registry with sub-products (namestoreExt-1.1) each zone is one, and its name is as in
 * `dotCOM`. Throws `EppFault`: 2003 without a sub-product, 2306 for an unknown one.
 */
export function readProductZones(context: Context): readonly string[] {
  const { extensions, zones } = context.registry.settings
  if (!extensions.includes('namestoreExt')) return zones
  const element = context.extensions.get(extensionUris.namestoreExt)
  if (!element) throw new EppFault(2003, 'The sub-product must be given')
  const [given] = readChildren(element, { subProduct: 'one' }).subProduct
  const product = given ? token(given).toUpperCase() : ''
  const found = zones.filter((zone) => subProductOf(zone).toUpperCase() === product)
  if (found.length === 0) throw new EppFault(2306, 'No such sub-product')
  return found
}

/** Throws `EppFault` as `readProductZones`, and 2306 when one of the names belongs to another sub-product. */
export function requireSubProduct(context: Context, names: readonly string[]): void {
  const served = readProductZones(context)
  const { zones } = context.registry.settings
  const isOther = names.some((name) => {
    const zone = zoneAbove(name, zones)
    return zone !== undefined && !served.includes(zone)
  })
  if (isOther) throw new EppFault(2306, 'A name of another sub-product')
}
