import { admitClTRID, admitSession, LOCKED } from '../../registry/account.ts'
import { extensionUris } from '../../registry/conduct.ts'
import type { Decision } from '../decision.ts'
import { type Menu, menuOf } from '../namespaces.ts'
import type { Command } from '../read-command.ts'
import { EppFault } from '../result-codes.ts'
import { isOpenTo, type Moment, type Session } from '../session.ts'
import { type Answer, type Element, readChildren, token } from '../xml.ts'

/** RFC 8807 §3.1: the text in the pw of a login whose password is in the extension. */
const LONG_PASSWORD = '[LOGIN-SECURITY]'

type Passwords = { readonly password: string | undefined; readonly newPassword: string | undefined }

/** The passwords of loginSec-1.0. The user agent is ignored. */
function readLongPasswords(element: Element): Passwords {
  const parts = readChildren(element, { userAgent: 'optional', pw: 'optional', newPW: 'optional' })
  const [password] = parts.pw
  const [newPassword] = parts.newPW
  return { password: password && token(password), newPassword: newPassword && token(newPassword) }
}

/** `pwType` of RFC 5730, and ours for those of loginSec. */
const PASSWORD_LENGTH_MIN = 6
const PASSWORD_LENGTH_MAX = 64

/** The server closes a connection after this many wrong passwords. */
const FAILED_LOGINS_MAX = 3

type Services = { readonly objects: readonly string[]; readonly extensions: readonly string[] }
type Login = Services & {
  readonly clID: string
  readonly password: string
  readonly newPassword: string | undefined
}

function first(elements: readonly Element[]): string {
  const [element] = elements
  return element ? token(element) : ''
}

function readOptions(options: Element): void {
  const parts = readChildren(options, { version: 'one', lang: 'one' })
  if (first(parts.version) !== '1.0') throw new EppFault(2100, 'Only version 1.0 is spoken')
  if (first(parts.lang) !== 'en') throw new EppFault(2102, 'Only en is spoken')
}

function readServices(services: Element, offered: Menu): Services {
  const parts = readChildren(services, { objURI: 'some', svcExtension: 'optional' })
  const objects = parts.objURI.map(token)
  const [extension] = parts.svcExtension
  const extensions = extension ? readChildren(extension, { extURI: 'some' }).extURI.map(token) : []
  if (!objects.every((uri) => offered.objects.includes(uri))) {
    throw new EppFault(2307, 'An objURI was not offered')
  }
  if (!extensions.every((uri) => offered.extensions.includes(uri))) {
    throw new EppFault(2103, 'An extURI was not offered')
  }
  return { objects, extensions }
}

/** The password and the new one, from the extension if pw or newPW says so (RFC 8807 §3.1). */
function readPasswords(
  command: Command,
  { password, newPassword }: Passwords & { readonly password: string },
  { extensions }: Services,
): Passwords & { readonly password: string } {
  const [extension, ...more] = command.extensions
  if (!extension) return { password, newPassword }
  if (
    more.length > 0 ||
    extension.ns !== extensionUris.loginSec ||
    !extensions.includes(extensionUris.loginSec)
  ) {
    throw new EppFault(2103, 'Extension not taken by login')
  }
  const long = readLongPasswords(extension)
  const isMissing =
    (password === LONG_PASSWORD && long.password === undefined) ||
    (newPassword === LONG_PASSWORD && long.newPassword === undefined)
  if (isMissing) throw new EppFault(2003, 'The password is missing')
  return {
    password: password === LONG_PASSWORD ? (long.password ?? password) : password,
    newPassword: newPassword === LONG_PASSWORD ? long.newPassword : newPassword,
  }
}

function readLogin(session: Session, command: Command): Login {
  const parts = readChildren(command.element, {
    clID: 'one',
    pw: 'one',
    newPW: 'optional',
    options: 'one',
    svcs: 'one',
  })
  const [options] = parts.options
  const [element] = parts.svcs
  if (options) readOptions(options)
  if (!element) throw new EppFault(2003, 'No services')
  const services = readServices(element, menuOf(session.registry.settings))
  const [newPW] = parts.newPW
  const given = { password: first(parts.pw), newPassword: newPW && token(newPW) }
  const passwords = readPasswords(command, given, services)
  const { length = PASSWORD_LENGTH_MIN } = passwords.newPassword ?? {}
  if (length < PASSWORD_LENGTH_MIN || length > PASSWORD_LENGTH_MAX)
    throw new EppFault(2004, 'The new password is too short or too long')
  return { ...services, clID: first(parts.clID), ...passwords }
}

function refusePassword(session: Session, clID: string): Answer {
  const known = session.registry.accounts.get(clID)
  if (known) known.violations.login += 1
  session.failedLogins += 1
  return { code: session.failedLogins >= FAILED_LOGINS_MAX ? 2501 : 2200 }
}

/**
 * RFC 5730 §2.9.1.1: 2200 or 2501 for a locked account; 2002 inside a session; 2100, 2102, 2103, 2307 for what was not offered; 2500 outside the hours; 2502
 * beyond the limit of sessions, or a closed connection if the registry does that (`cut`), as for a clTRID that was used before.
 */
export function login(session: Session, command: Command, { nowMs, clTRID }: Moment): Decision | 'cut' {
  if (session.account) return { code: 2002, reason: 'Already logged in' }
  const { clID, password, newPassword, objects, extensions } = readLogin(session, command)
  const { registry } = session
  const account = registry.accounts.get(clID)
  if (account === undefined || account.password !== password) return refusePassword(session, clID)
  if (account.lock) {
    account.lock.logins += 1
    return { code: account.lock.loginCode, reason: LOCKED }
  }
  if (registry.settings.clTRIDs === 'unique' && !admitClTRID(account, clTRID)) return 'cut'
  if (!isOpenTo(session, nowMs)) {
    account.violations.closedHours += 1
    return { code: 2500, reason: 'The registry is closed at this hour' }
  }
  if (account.sessions.size >= account.limits.sessionsMax) {
    admitSession(account, session.id)
    if (registry.settings.overSessions === 'cut') return 'cut'
    return { code: 2502, reason: `At most ${account.limits.sessionsMax} sessions` }
  }
  const commit = (): Answer => {
    admitSession(account, session.id)
    if (newPassword !== undefined) account.password = newPassword
    session.account = account
    session.objects = new Set(objects)
    session.extensions = new Set(extensions)
    session.loggedInAtMs = nowMs
    session.pausedUntilMs = nowMs + (registry.settings.loginPauseMs ?? 0)
    return { code: 1000 }
  }
  return { code: 1000, commit }
}
