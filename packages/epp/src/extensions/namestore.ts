import { leaf, wrap } from '../xml.ts'

export const NAMESTORE_URI = 'http://www.verisign-grs.com/epp/namestoreExt-1.1'

/** The sub-product of each zone (`com` → `dotCOM`). */
export type SubProducts = Readonly<Record<string, string>>

/** An object that is no name below a known zone (a contact, a host elsewhere) goes to the first product. */
function productOf(subProducts: SubProducts, object: string | undefined): string | undefined {
  const zones = Object.keys(subProducts)
  const zone = zones.find((known) => object?.toLowerCase().endsWith(`.${known}`) === true) ?? zones[0]
  return zone === undefined ? undefined : subProducts[zone]
}

/** The objects of each product, in the order in which the products first occur. */
export function groupByProduct(
  subProducts: SubProducts,
  objects: readonly string[],
): readonly (readonly string[])[] {
  return [...Map.groupBy(objects, (object) => productOf(subProducts, object)).values()]
}

/**
 * Extension that routes a command to one of the products behind one server. Throws `RangeError` when its objects belong to
 * several products: the registry would report those of the other product as unknown, or as taken.
 */
export function namestoreXml(subProducts: SubProducts, objects: readonly string[]): string {
  if (groupByProduct(subProducts, objects).length > 1)
    throw new RangeError('these objects belong to several products of the registry; a command is for one')
  const product = productOf(subProducts, objects[0])
  if (product === undefined) return ''
  const sub = leaf('namestoreExt:subProduct', product)
  return wrap('namestoreExt:namestoreExt', sub, { 'xmlns:namestoreExt': NAMESTORE_URI })
}
