import { extensionUris } from '../../registry/conduct.ts'
import { zoneAbove } from '../../registry/names.ts'
import type { Context } from '../decision.ts'
import { EppFault } from '../result-codes.ts'
import { readChildren, token } from '../xml.ts'

function subProductOf(zone: string): string {
  return `dot${zone.toUpperCase()}`
}

/**
 * The zones that a command is for: those of its sub-product (namestoreExt-1.1), where the registry has sub-products: one a
 * zone, `dotCOM`. Throws `EppFault`: 2003 without it, 2306 for one that is not served.
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

/** Throws `EppFault` as `readProductZones`, and 2306 when one of the names, or the name above it, is of another sub-product. */
export function requireSubProduct(context: Context, names: readonly string[]): void {
  const served = readProductZones(context)
  const { zones } = context.registry.settings
  const strange = names.some((name) => {
    const zone = zoneAbove(name, zones)
    return zone !== undefined && !served.includes(zone)
  })
  if (strange) throw new EppFault(2306, 'A name of another sub-product')
}
