import { zoneOf } from '../../registry/domain-name.ts'
import type { Context } from '../decision.ts'
import { NAMESTORE } from '../namespaces.ts'
import { readChildren } from '../read-children.ts'
import { token } from '../read-xml.ts'
import { EppFault } from '../result-codes.ts'

function subProductOf(zone: string): string {
  return `dot${zone.toUpperCase()}`
}

/**
 * The sub-product that a command is for (namestoreExt-1.1), where the registry has sub-products: one a zone, `dotCOM`.
 * Throws `EppFault`: 2003 without it, 2306 for one that is not served or not of the names.
 */
export function requireSubProduct(context: Context, names: readonly string[]): void {
  const { extensions, zones } = context.registry.settings
  if (!extensions.includes('namestoreExt')) return
  const element = context.extensions.get(NAMESTORE)
  if (!element) throw new EppFault(2003, 'The sub-product must be given')
  const [given] = readChildren(element, { subProduct: 'one' }).subProduct
  const product = given ? token(given).toUpperCase() : ''
  if (!zones.some((zone) => subProductOf(zone).toUpperCase() === product)) {
    throw new EppFault(2306, 'No such sub-product')
  }
  const strange = names.some((name) => {
    const zone = zoneOf(name, zones)
    return zone !== undefined && subProductOf(zone).toUpperCase() !== product
  })
  if (strange) throw new EppFault(2306, 'A name of another sub-product')
}
