import type { Polled } from '@droplock/rules/ports/registry-objects'
import { LOGIN_SEC_URI, loginSecXml, PASSWORD_ELSEWHERE } from '../extensions/login-sec.ts'
import { readPolled } from '../responses/polled.ts'
import type { LoginTerms } from '../session/dialect.ts'
import { leaf, leaves, wrap } from '../xml.ts'
import {
  type Command,
  checkedClTRID,
  command,
  commandDocument,
  commandHalves,
  eppDocument,
} from './command.ts'

/** Asks for a greeting. A hello has no clTRID, and its answer has no trID. RFC 5730 §2.3. */
export function helloXml(): string {
  return eppDocument('<hello/>')
}

export type Credentials = {
  readonly clID: string
  readonly password: string
  /** Changes the password at the next login. Store it before it is sent: from then on it is the password. */
  readonly newPassword?: string
}

/** `pwType` of RFC 5730. */
const SHORT_PASSWORD = /^\S(?:\S| (?! )){4,14}\S$/u

/** `pwType` of RFC 8807 is a token, in which outer and double spaces would be lost. The limit of 512 is ours, against mistakes. */
const LONG_PASSWORD = /^\S(?:\S| (?! )){4,510}\S$/u

/**
 * The login. `svcExtension` is left out when it would be empty. A password longer than 16 characters is sent by loginSec, if
 * that was agreed on. Throws `RangeError`, without quoting the password, when it can't be sent. RFC 5730 §2.9.1.1.
 */
export function loginXml(credentials: Credentials, terms: LoginTerms, clTRID: string): string {
  const { clID, password, newPassword } = credentials
  const extended = terms.extensions.includes(LOGIN_SEC_URI)
  const [pw, newPw] = [
    split(password, extended),
    newPassword === undefined ? {} : split(newPassword, extended),
  ]
  const options = leaf('version', terms.version) + leaf('lang', terms.lang)
  const extensions = leaves('extURI', terms.extensions)
  const services = leaves('objURI', terms.objects) + (extensions && wrap('svcExtension', extensions))
  const login = [
    leaf('clID', clID),
    leaf('pw', pw.short),
    leaf('newPW', newPw.short),
    wrap('options', options),
    wrap('svcs', services),
  ]
  const long = {
    ...(pw.long !== undefined && { password: pw.long }),
    ...(newPw.long !== undefined && { newPassword: newPw.long }),
  }
  const halves = commandHalves(wrap('login', login.join('')), extended ? loginSecXml(long) : '')
  return halves.join(checkedClTRID(clTRID))
}

/** The password as it is written in `pw` and, when it is too long for that, in loginSec. */
function split(password: string, extended: boolean): { readonly short?: string; readonly long?: string } {
  if (SHORT_PASSWORD.test(password) && password !== PASSWORD_ELSEWHERE) return { short: password }
  if (!extended) throw new RangeError('an EPP password has 6 to 16 characters (longer ones need loginSec)')
  if (!LONG_PASSWORD.test(password)) throw new RangeError('the password can’t be sent by loginSec')
  return { short: PASSWORD_ELSEWHERE, long: password }
}

/** Ends the session: the registry answers 1500 and closes the connection. RFC 5730 §2.9.1.2. */
export function logoutXml(clTRID: string): string {
  return commandDocument('<logout/>', clTRID)
}

/** Asks for the oldest message, which stays in the queue until it is acknowledged. RFC 5730 §2.9.2.3. */
export function pollMessage(): Command<Polled> {
  return command({
    name: 'poll',
    objects: [],
    routed: false,
    verb: wrap('poll', '', { op: 'req' }),
    read: (response, _dialect, xml) => readPolled(response, xml),
  })
}

/** Removes a message from the queue. Store the message first. RFC 5730 §2.9.2.3. */
export function acknowledgeMessage(msgID: string): Command<undefined> {
  return command({
    name: 'poll_ack',
    objects: [],
    routed: false,
    verb: wrap('poll', '', { op: 'ack', msgID }),
    read: () => undefined,
  })
}
