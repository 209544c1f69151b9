import { extensionUris } from '../registry/conduct.ts'
import {
  checkContacts,
  createContact,
  deleteContact,
  infoContact,
  updateContact,
} from './commands/contact.ts'
import { checkDomains } from './commands/domain/check.ts'
import { createDomain } from './commands/domain/create.ts'
import { deleteDomain } from './commands/domain/delete.ts'
import { infoDomain } from './commands/domain/info.ts'
import { renewDomain } from './commands/domain/renew.ts'
import { updateDomain } from './commands/domain/update.ts'
import { checkHosts, createHost, deleteHost, infoHost, updateHost } from './commands/host.ts'
import type { Context, Handler } from './decision.ts'
import { requireSubProduct } from './extensions/namestore.ts'
import { CONTACT, DOMAIN, HOST } from './namespaces.ts'
import type { Verb } from './read-command.ts'
import { token } from './xml.ts'

const plain = (run: Handler['run']): Handler => ({ run, extensions: [] })
const domain = (run: Handler['run'], ...extensions: string[]): Handler => ({
  run,
  extensions: [...extensions, extensionUris.namestoreExt],
})

/** The sub-product of a host is that of the name above it, if there is one. A check may ask about hosts of several. */
const host = (run: Handler['run'], names: (context: Context) => readonly string[] = namesOf): Handler => ({
  run: (context) => {
    requireSubProduct(context, names(context))
    return run(context)
  },
  extensions: [extensionUris.namestoreExt],
})

function namesOf({ object }: Context): readonly string[] {
  return object.children.filter(({ local }) => local === 'name').map((name) => token(name).toLowerCase())
}

/** The handler of each verb of each object, and the extensions that it accepts. A verb without a handler is answered 2101. */
export const handlers: ReadonlyMap<string, Partial<Record<Verb, Handler>>> = new Map([
  [
    DOMAIN,
    {
      check: domain(checkDomains, extensionUris.fee),
      info: domain(infoDomain),
      create: domain(createDomain, extensionUris.fee, extensionUris.secDNS),
      renew: domain(renewDomain, extensionUris.fee),
      update: domain(updateDomain, extensionUris.rgp, extensionUris.secDNS),
      delete: domain(deleteDomain),
    },
  ],
  [
    CONTACT,
    {
      check: plain(checkContacts),
      info: plain(infoContact),
      create: plain(createContact),
      update: plain(updateContact),
      delete: plain(deleteContact),
    },
  ],
  [
    HOST,
    {
      check: host(checkHosts, () => []),
      info: host(infoHost),
      create: host(createHost),
      update: host(updateHost),
      delete: host(deleteHost),
    },
  ],
])
