import type { Account } from '../registry/account.ts'
import { extensionUris } from '../registry/conduct.ts'
import { login } from './commands/login.ts'
import { poll } from './commands/poll.ts'
import type { Context, Decision, Handler } from './decision.ts'
import { handlers } from './handlers.ts'
import { menuOf } from './namespaces.ts'
import type { Command } from './read-command.ts'
import { EppFault } from './result-codes.ts'
import type { Moment, Session } from './session.ts'
import type { Element } from './xml.ts'

/** The object inside a verb. Throws `EppFault`: 2307 if it is not offered, 2001 if it does not match the verb. */
function readObject(session: Session, command: Command): Element {
  const [object, ...more] = command.element.children
  if (!object || more.length > 0) throw new EppFault(2001, `A ${command.verb} has one object`)
  if (!menuOf(session.registry.settings).objects.includes(object.ns)) {
    throw new EppFault(2307, 'No such objects are kept here')
  }
  if (object.local !== command.verb) {
    throw new EppFault(2001, `Unexpected element ${object.local}`.slice(0, 120))
  }
  if (!session.objects.has(object.ns)) throw new EppFault(2002, 'Object not logged in')
  return object
}

/**
 * The extensions of a command by namespace. Throws `EppFault`: 2103 for one that the command does not accept or the registry
 * does not offer, 2002 for one that is not in the login, 2001 for one that belongs to another command or occurs twice.
 */
function readExtensions(session: Session, command: Command, { extensions: taken }: Handler) {
  const offered = menuOf(session.registry.settings).extensions
  const found = new Map<string, Element>()
  for (const extension of command.extensions) {
    const { ns, local } = extension
    if (!taken.includes(ns) || !offered.includes(ns)) {
      throw new EppFault(2103, `Extension not taken by ${command.verb}`)
    }
    if (!session.extensions.has(ns)) throw new EppFault(2002, 'Extension not logged in')
    if (found.has(ns)) throw new EppFault(2001, 'An extension occurs once')
    if (local !== (ns === extensionUris.namestoreExt ? 'namestoreExt' : command.verb)) {
      throw new EppFault(2001, 'Extension of another command')
    }
    found.set(ns, extension)
  }
  return found
}

function decideObject(session: Session, account: Account, command: Command, moment: Moment): Decision {
  const object = readObject(session, command)
  const handler = handlers.get(object.ns)?.[command.verb]
  if (!handler) return { code: 2101 }
  const extensions = readExtensions(session, command, handler)
  const { registry } = session
  const context: Context = { session, registry, account, command, object, extensions, moment }
  return handler.run(context)
}

/** Decides a command. A change is not committed yet. Throws `EppFault`. */
export function decide(session: Session, command: Command, moment: Moment): Decision | 'cut' {
  if (command.verb === 'login') return login(session, command, moment)
  const { account } = session
  if (!account) return { code: 2002, reason: 'Log in first' }
  if (command.verb === 'logout') return { code: 1500 }
  if (command.verb === 'poll') return poll(command, account)
  return decideObject(session, account, command, moment)
}
