import { type ContactSet, getDefaultContacts, setDefaultContacts } from '@droplock/core/contacts/defaults'
import type { ContactDetails, PostalInfo } from '@droplock/rules/ports/registry-objects'
import { Refusal } from '@droplock/rules/refusals'
import { z } from 'zod'
import type { Admin, Program } from './admin.ts'
import { parseAs, readText, reasonOption } from './arguments.ts'

// Contacts as a file: JSON, by what they are to a name. The use case says what a registry can take.

const address = z.strictObject({
  name: z.string(),
  org: z.string().optional(),
  street: z.array(z.string()).default([]),
  city: z.string(),
  province: z.string().optional(),
  postal_code: z.string().optional(),
  country: z.string(),
})

const contact = z.strictObject({
  // In ASCII, for everybody to read.
  int: address.optional(),
  // In the writing of the country.
  loc: address.optional(),
  voice: z.string().optional(),
  fax: z.string().optional(),
  email: z.string(),
})

const contactsFile = z.strictObject({
  registrant: contact,
  admin: contact.optional(),
  tech: contact.optional(),
  billing: contact.optional(),
})

/** What the file says. Throws Refusal: malformed_json, invalid_request. */
function parseContacts(text: string): ContactSet {
  const { registrant, ...others } = parseAs(contactsFile, text)
  const given = Object.entries(others).flatMap(([role, read]) =>
    read === undefined ? [] : [[role, toDetails(read)] as const],
  )
  return { ...Object.fromEntries(given), registrant: toDetails(registrant) }
}

function toDetails(read: z.output<typeof contact>): ContactDetails {
  const { voice, fax, email } = read
  return {
    postal: toPostal(read),
    ...(voice !== undefined && { voice }),
    ...(fax !== undefined && { fax }),
    email,
  }
}

function toPostal({ int, loc }: z.output<typeof contact>): ContactDetails['postal'] {
  const [first, second] = [int && toAddress('int', int), loc && toAddress('loc', loc)].filter(
    (one) => one !== undefined,
  )
  if (first === undefined)
    throw new Refusal('invalid_contact', 'A contact has an address, int or loc.', { field: 'postal' })
  return second === undefined ? [first] : [first, second]
}

function toAddress(type: PostalInfo['type'], read: z.output<typeof address>): PostalInfo {
  const { name, org, street, city, province, postal_code: postalCode, country } = read
  return {
    type,
    name,
    ...(org !== undefined && { org }),
    street,
    city,
    ...(province !== undefined && { province }),
    ...(postalCode !== undefined && { postalCode }),
    country,
  }
}

export function addContactVerbs(program: Program, admin: Admin): void {
  const contacts = program
    .command('contacts')
    .description('the contact that names are registered to at a registry account when the order gives none')
  contacts
    .command('set')
    .description(
      'sets them from a file; the catcher makes them at the registry, and until then the previous ones stay',
    )
    .argument('<account>', 'the registry account, such as verisign/us')
    .argument('<file>', 'JSON; docs/installation.md shows one')
    .requiredOption(...reasonOption)
    .action(async (registryAccountId, file, { reason }) => {
      const set = parseContacts(readText(file))
      await setDefaultContacts(admin.ctx(), { registryAccountId, contacts: set, reason })
      await show(admin, registryAccountId)
    })
  contacts
    .command('show')
    .description('lists them, and what has become of them at the registry')
    .argument('<account>', 'which registry account')
    .action((registryAccountId) => show(admin, registryAccountId))
}

async function show(admin: Admin, registryAccountId: string): Promise<void> {
  const defaults = await getDefaultContacts(admin.ctx(), registryAccountId)
  admin.print(
    defaults.map(({ role, handle, state, answerCode, answerMessage, handleInForce, details }) => ({
      role,
      name: details.postal[0].name,
      email: details.email,
      handle,
      state,
      answer: answerMessage === null ? null : `${answerCode} ${answerMessage}`,
      in_force: handleInForce,
    })),
  )
}
