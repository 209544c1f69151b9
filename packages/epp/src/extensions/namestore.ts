import { NAMESTORE_URI } from '../namespaces.ts'
import { leaf, wrap } from '../xml.ts'

/** Which sub-product a zone is, by zone (`com` → `dotCOM`). */
export type SubProducts = Readonly<Record<string, string>>

/** What is no name below a known zone (a contact, a host elsewhere) goes to the first product. */
function productOf(subProducts: SubProducts, object: string | undefined): string | undefined {
  const zones = Object.keys(subProducts)
  const zone = zones.find((known) => object?.toLowerCase().endsWith(`.${known}`) === true) ?? zones[0]
  return zone === undefined ? undefined : subProducts[zone]
}

/** The objects of each product, in the order in which the products come up. */
export function groupByProduct(
  subProducts: SubProducts,
  objects: readonly string[],
): readonly (readonly string[])[] {
  return [...Map.groupBy(objects, (object) => productOf(subProducts, object)).values()]
}

/**
 * Extension that routes a command to one of the products behind one server. Throws `RangeError` where its objects are of
 * several: the registry would call those of the other product unknown, or taken.
 */
export function namestoreXml(subProducts: SubProducts, objects: readonly string[]): string {
  if (groupByProduct(subProducts, objects).length > 1)
    throw new RangeError('one command goes to one product of the registry, and these objects are of several')
  const product = productOf(subProducts, objects[0])
  if (product === undefined) return ''
  const sub = leaf('namestoreExt:subProduct', product)
  return wrap('namestoreExt:namestoreExt', sub, { 'xmlns:namestoreExt': NAMESTORE_URI })
}
