import { admitSession } from '../../registry/account.ts'
import { EXTENSIONS, OBJECTS } from '../namespaces.ts'
import { readChildren } from '../read-children.ts'
import type { Command } from '../read-command.ts'
import { type Element, token } from '../read-xml.ts'
import { EppFault } from '../result-codes.ts'
import type { Reply, Session } from '../session.ts'

/** After so many wrong passwords on one connection the server closes it. */
const FAILED_LOGINS_MAX = 3

type Login = { readonly clID: string; readonly password: string; readonly extensions: readonly string[] }

function first(elements: readonly Element[]): string {
  const [element] = elements
  return element ? token(element) : ''
}

function readOptions(options: Element): void {
  const parts = readChildren(options, { version: 'one', lang: 'one' })
  if (first(parts.version) !== '1.0') throw new EppFault(2100, 'Only version 1.0 is spoken')
  if (first(parts.lang) !== 'en') throw new EppFault(2102, 'Only en is spoken')
}

function readServices(services: Element): readonly string[] {
  const parts = readChildren(services, { objURI: 'some', svcExtension: 'optional' })
  const objects = parts.objURI.map(token)
  const [extension] = parts.svcExtension
  const extensions = extension ? readChildren(extension, { extURI: 'some' }).extURI.map(token) : []
  if (!objects.every((uri) => OBJECTS.includes(uri))) throw new EppFault(2307, 'An objURI was not offered')
  if (!extensions.every((uri) => EXTENSIONS.includes(uri)))
    throw new EppFault(2103, 'An extURI was not offered')
  return extensions
}

function readLogin(command: Command): Login {
  const parts = readChildren(command.element, {
    clID: 'one',
    pw: 'one',
    newPW: 'optional',
    options: 'one',
    svcs: 'one',
  })
  const [options] = parts.options
  const [services] = parts.svcs
  if (options) readOptions(options)
  const extensions = services ? readServices(services) : []
  if (parts.newPW.length > 0) throw new EppFault(2102, 'Passwords are not changed here')
  return { clID: first(parts.clID), password: first(parts.pw), extensions }
}

function refusePassword(session: Session, clID: string): Reply {
  const known = session.registry.accounts.get(clID)
  if (known) known.violations.login += 1
  session.failedLogins += 1
  return { code: session.failedLogins >= FAILED_LOGINS_MAX ? 2501 : 2200 }
}

/** RFC 5730 §2.9.1.1: 2002 inside a session; 2100, 2102, 2103, 2307 for what was not offered; 2502 over the limit. */
export function login(session: Session, command: Command): Reply {
  if (session.account) return { code: 2002, reason: 'Already logged in' }
  const { clID, password, extensions } = readLogin(command)
  const account = session.registry.accounts.get(clID)
  if (account === undefined || account.password !== password) return refusePassword(session, clID)
  if (command.extensions.length > 0) throw new EppFault(2103, 'Login takes no extension')
  if (!admitSession(account, session.id)) {
    return { code: 2502, reason: `At most ${account.limits.sessionsMax} sessions` }
  }
  session.account = account
  session.extensions = new Set(extensions)
  return { code: 1000 }
}
