import { getDefaultContacts, setDefaultContacts } from '@droplock/core/contacts/defaults'
import type { Admin } from './admin.ts'
import { reasonOption } from './arguments.ts'
import { parseContacts } from './contacts-file.ts'
import { readText } from './json-file.ts'
import type { Program } from './program.ts'

export function addContactVerbs(program: Program, admin: Admin): void {
  const contacts = program
    .command('contacts')
    .description('whom names are registered to at a registry account where an order says nobody')
  contacts
    .command('set')
    .description(
      'sets them from a file; the catcher makes them at the registry, and till then those before stay',
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
