import { readChildren } from '../read-children.ts'
import { type Element, token } from '../read-xml.ts'
import { EppFault } from '../result-codes.ts'

/** The password of an authInfo (RFC 5731 §2.6). Throws `EppFault` 2102 for the `ext` form. */
export function readAuthInfo(element: Element): string {
  if (element.children[0]?.local === 'ext') throw new EppFault(2102, 'Only authInfo pw is taken')
  const [password] = readChildren(element, { pw: 'one' }).pw
  return password ? token(password) : ''
}
