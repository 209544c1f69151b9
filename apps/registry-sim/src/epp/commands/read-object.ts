import { DOMAIN, EXTENSIONS } from '../namespaces.ts'
import type { Command } from '../read-command.ts'
import type { Element } from '../read-xml.ts'
import { EppFault } from '../result-codes.ts'
import type { Session } from '../session.ts'

/** The object element inside a verb. Throws `EppFault`: 2307 for other objects, 2001 for one that is not the verb's. */
export function readObject(command: Command): Element {
  const [object, ...more] = command.element.children
  if (!object || more.length > 0) throw new EppFault(2001, `A ${command.verb} has one object`)
  if (object.ns !== DOMAIN) throw new EppFault(2307, 'Only domain names are kept here')
  if (object.local !== command.verb)
    throw new EppFault(2001, `Unexpected element ${object.local}`.slice(0, 120))
  return object
}

/**
 * The extension element of the one namespace that this command understands. Throws `EppFault`: 2103 for any other, and
 * 2002 for one that was offered but not logged in.
 */
export function readExtension(session: Session, command: Command, understood?: string): Element | undefined {
  for (const { ns } of command.extensions) {
    if (ns !== understood) throw new EppFault(2103, `Extension not taken by ${command.verb}`)
    if (EXTENSIONS.includes(ns) && !session.extensions.has(ns))
      throw new EppFault(2002, 'Extension not logged in')
  }
  const [extension, ...more] = command.extensions
  if (more.length > 0) throw new EppFault(2001, 'An extension occurs once')
  if (extension && extension.local !== command.verb) throw new EppFault(2001, 'Extension of another command')
  return extension
}
