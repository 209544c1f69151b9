import { readChildren } from '../read-children.ts'
import { type Element, token } from '../read-xml.ts'
import { EppFault } from '../result-codes.ts'

const PASSWORD = /^\S{6,64}$/

/** The password of an authInfo (RFC 5731 §2.6). Throws `EppFault` 2102 for the `ext` form. */
export function readAuthInfo(element: Element): string {
  if (element.children[0]?.local === 'ext') throw new EppFault(2102, 'Only authInfo pw is taken')
  const [password] = readChildren(element, { pw: 'one' }).pw
  return password ? token(password) : ''
}

/** An authInfo that becomes an object's own. Throws `EppFault` 2005 for one too short or too long. */
export function readNewAuthInfo(element: Element | undefined): string {
  const password = element ? readAuthInfo(element) : ''
  if (!PASSWORD.test(password)) throw new EppFault(2005, 'An authInfo pw has 6 to 64 characters')
  return password
}
