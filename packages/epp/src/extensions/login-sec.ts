import { readDate } from '../responses/date.ts'
import type { EppResponse } from '../responses/response.ts'
import { child, children, leaf, tokenOf, wrap, type XmlElement } from '../xml.ts'

export const LOGIN_SEC_URI = 'urn:ietf:params:xml:ns:epp:loginSec-1.0'

/** The text in `pw` and `newPW` when the password itself is in the extension. RFC 8807 §3.2. */
export const PASSWORD_ELSEWHERE = '[LOGIN-SECURITY]'

/** How this client introduces itself. RFC 8807 §3.1 asks for name and version. */
const USER_AGENT = 'Droplock EPP 0.1'

/** Extension of a login: the user agent, and the passwords that are too long for `pw` and `newPW`. RFC 8807 §4.1. */
export function loginSecXml(long: { readonly password?: string; readonly newPassword?: string }): string {
  const agent = wrap('loginSec:userAgent', leaf('loginSec:app', USER_AGENT))
  const passwords = leaf('loginSec:pw', long.password) + leaf('loginSec:newPW', long.newPassword)
  return wrap('loginSec:loginSec', agent + passwords, { 'xmlns:loginSec': LOGIN_SEC_URI })
}

/** A warning of the registry at login: a password or certificate that expires, a weak cipher. RFC 8807 §3.1. */
export type SecurityEvent = {
  readonly type: string
  readonly level: string
  readonly name?: string
  readonly expiresAt?: Date
  readonly text: string
}

export function readSecurityEvents({ extension }: EppResponse): readonly SecurityEvent[] {
  const data = child(extension, LOGIN_SEC_URI, 'loginSecData')
  return children(data, LOGIN_SEC_URI, 'event').map(readEvent)
}

function readEvent(event: XmlElement): SecurityEvent {
  const name = event.attributes.get('name')
  const expiresAt = readDate(event.attributes.get('exDate'))
  return {
    type: event.attributes.get('type') ?? '',
    level: event.attributes.get('level') ?? '',
    ...(name !== undefined && { name }),
    ...(expiresAt && { expiresAt }),
    text: tokenOf(event.text),
  }
}
