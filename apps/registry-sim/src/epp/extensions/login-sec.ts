import { readChildren } from '../read-children.ts'
import { type Element, token } from '../read-xml.ts'
import { EppFault } from '../result-codes.ts'

/** RFC 8807 §3.1: stands in the pw of a login whose real password is in the extension. */
export const LONG_PASSWORD = '[LOGIN-SECURITY]'

/** The password of loginSec-1.0. The user agent is read and not kept. Throws `EppFault` 2102 for a new password. */
export function readLongPassword(element: Element): string | undefined {
  const parts = readChildren(element, { userAgent: 'optional', pw: 'optional', newPW: 'optional' })
  if (parts.newPW.length > 0) throw new EppFault(2102, 'Passwords are not changed here')
  const [password] = parts.pw
  return password && token(password)
}
