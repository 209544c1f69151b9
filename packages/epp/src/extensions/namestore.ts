import { NAMESTORE_URI } from '../namespaces.ts'
import { leaf, wrap } from '../xml/write.ts'

/** Which sub-product a zone is, by zone (`com` → `dotCOM`). */
export type SubProducts = Readonly<Record<string, string>>

/**
 * Extension that routes a command to one of the products behind one server. What is no name below a known zone (a contact)
 * goes to the first product.
 */
export function namestoreXml(subProducts: SubProducts, object: string | undefined): string {
  const zones = Object.keys(subProducts)
  const zone = zones.find((known) => object?.toLowerCase().endsWith(`.${known}`) === true) ?? zones[0]
  const product = zone === undefined ? undefined : subProducts[zone]
  if (product === undefined) return ''
  const sub = leaf('namestoreExt:subProduct', product)
  return wrap('namestoreExt:namestoreExt', sub, { 'xmlns:namestoreExt': NAMESTORE_URI })
}
