import { setDefaultContacts } from '@droplock/core/contacts/defaults'
import type { Context, StaffContext } from '@droplock/core/context'
import { contactHandle } from '@droplock/rules/contacts'
import type { RegistryProfileId } from '@droplock/rules/registries'
import { contact } from '../../support/contacts.ts'
import { waitUntil } from '../../support/wait-until.ts'
import { commandFaults, evenly, orderFault, type Span } from './faults.ts'
import { readTruth, type SimulatorProcess } from './simulator.ts'
import { accountOf } from './trial.ts'

/** Least time between changes of contacts: while names drop, a small share of the rate is for contacts. */
const SPACING_MS_MIN = 5_000

/** Sets the contacts that creates carry, and waits until they are at the registry. */
export async function givenContacts(operator: StaffContext, profile: RegistryProfileId): Promise<void> {
  await setContacts(operator, profile)
  await waitUntil(`${profile} has contacts`, async () => {
    const contacts = await readContacts(operator, profile)
    return contacts.every(({ state }) => state === 'created')
  })
}

/** Sets other contacts repeatedly while names drop. A different fault is injected into each create, and each info, of a contact. */
export function changeContacts(
  operator: StaffContext,
  simulator: SimulatorProcess,
  profile: RegistryProfileId,
  span: Span,
): Promise<void> {
  return evenly(commandFaults, span, SPACING_MS_MIN, async (kind) => {
    const registrantId = operator.newId()
    const techId = operator.newId()
    const inject = (injected: string, command: 'create' | 'info', id: string) =>
      orderFault(simulator, profile, {
        kind: injected,
        commands: [command],
        names: [contactHandle(id, accountOf(profile))],
      })
    await inject(kind, 'create', registrantId)
    // `info` is sent only about a contact that exists already: here because the answer to its create was lost.
    await inject('cut_after_commit', 'create', techId)
    await inject(kind, 'info', techId)
    const ids = [registrantId, techId]
    // The faults are ordered before the catcher can read the contacts.
    await setContacts({ ...operator, newId: () => ids.shift() ?? operator.newId() }, profile)
  })
}

function setContacts(operator: StaffContext, profile: RegistryProfileId): Promise<void> {
  const contacts = { registrant: contact('Rita Registrant'), tech: contact('Toni Tech') }
  return setDefaultContacts(operator, { registryAccountId: accountOf(profile), contacts, reason: 'a test' })
}

/** Contacts that differ from the registry's, and our names without a registrant of ours. */
export async function wrongContacts(
  ctx: Context,
  simulator: SimulatorProcess,
  profile: RegistryProfileId,
): Promise<readonly string[]> {
  const contacts = await readContacts(ctx, profile)
  if (contacts.length === 0) return []
  const body = JSON.parse(await simulator.get(profile, 'contacts')) as {
    readonly contacts: readonly { readonly id: string }[]
  }
  const there = new Set(body.contacts.map(({ id }) => id))
  const known = new Set(contacts.map(({ handle }) => handle))
  const truths = [...(await readTruth(simulator, profile)).values()]
  return [
    ...contacts
      .filter(({ handle, state }) => state !== 'created' || !there.has(handle))
      .map(({ handle, state }) => `contact ${handle} is ${state}, ${there.has(handle) ? '' : 'not '}there`),
    ...[...there].filter((id) => !known.has(id)).map((id) => `contact ${id} is unknown`),
    ...truths
      .filter(({ winner }) => winner?.clID === 'droplock' && !known.has(winner.registrant ?? ''))
      .map(({ name }) => `${name} has no registrant of ours`),
  ]
}

function readContacts({ db }: Context, profile: RegistryProfileId) {
  return db
    .selectFrom('registry_contact')
    .select(['handle', 'state'])
    .where('registry_account_id', '=', accountOf(profile))
    .execute()
}
