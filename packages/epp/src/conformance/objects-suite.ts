import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { compare, type Money, money, parseCurrency } from '@droplock/rules/money'
import type { CreateDomain, DomainInfo, Registrar } from '@droplock/rules/ports/registrar'
import type { CreateContact } from '@droplock/rules/ports/registry-objects'
import { chargedMoney } from '@droplock/rules/registries'
import { answered, type Case, dataOf, done, runCases, type SuiteRunner } from './suite.ts'

/** A registrar and a registry with contacts and hosts. Ids and names are new on every call. */
export type ObjectsWorld = {
  readonly registrar: Registrar
  readonly clID: string
  freeName(): Promise<string>
  freeContact(): Promise<string>
  /** A host that is not below a name of this registry. */
  freeHost(): Promise<string>
  /** Puts a message into the account's queue. */
  queueMessage(): Promise<void>
  /** A premium name that is free. */
  premiumName(): Promise<string>
  /** What a create of a name must carry at this registry. */
  readonly terms?: Partial<CreateDomain>
  stop(): Promise<void>
}

/** What a registry may not have, or may not be able to show. */
export type ObjectsNeed =
  | 'contacts'
  | 'hosts'
  | 'the fee extension'
  | 'a premium name'
  | 'the DNSSEC extension'
  | 'a message'

type ObjectsCase = Case<ObjectsWorld, ObjectsNeed>

/** Some registries end the connection of a client that ever used a clTRID before: 122 random bits a run see to it. */
const RUN = randomUUID()
let serial = 0
const id = (): string => `${RUN}-${(serial += 1)}`

/** What every implementation of the registrar port guarantees beyond the drop: contacts, hosts, renewals, updates, messages. */
export function objectsSuite(
  runner: SuiteRunner,
  open: () => Promise<ObjectsWorld>,
  without: ReadonlySet<ObjectsNeed> = new Set(),
): void {
  runCases(runner, { ...contacts, ...hosts, ...domains, ...extensions, ...messages }, open, without)
}

function contact(contactId: string): CreateContact {
  return {
    id: contactId,
    clTRID: id(),
    postal: [
      {
        type: 'int',
        name: 'Jan Novak',
        street: ['Main St 1'],
        city: 'Praha',
        postalCode: '11000',
        country: 'CZ',
      },
    ],
    voice: '+420.212345678',
    email: 'jan@example.com',
    authInfo: '9-suite-Secret',
  }
}

/** A new name of ours, as info shows it. */
async function ownName(world: ObjectsWorld): Promise<DomainInfo> {
  const name = await world.freeName()
  done(
    await world.registrar.create({
      ...world.terms,
      name,
      clTRID: id(),
      years: 1,
      authInfo: '9-suite-Secret',
    }),
  )
  return dataOf(await world.registrar.info(name, id()))
}

async function ownHost({ registrar, freeHost }: ObjectsWorld): Promise<string> {
  const name = await freeHost()
  done(await registrar.hosts.create({ name, addresses: [], clTRID: id() }))
  return name
}

/** Some registries refuse the addresses that are reserved for documents. */
const PUBLIC_ADDRESS = '9.9.9.9'

/** Done, or accepted to be done later. */
const isDone = (code: number): boolean => code === 1000 || code === 1001

async function deleteHost({ registrar }: ObjectsWorld, name: string): Promise<void> {
  const { code } = answered(await registrar.hosts.delete(name, id()))
  assert.ok(isDone(code))
  if (code === 1000) assert.equal(answered(await registrar.hosts.info(name, id())).code, 2303)
}

const contacts: Record<string, ObjectsCase> = {
  'a contact id is free, is created, is shown, and is then taken': {
    needs: 'contacts',
    run: async ({ registrar, clID, freeContact }) => {
      const order = contact(await freeContact())
      assert.equal(dataOf(await registrar.contacts.check([order.id], id()))[0]?.available, true)
      const made = dataOf(await registrar.contacts.create(order))
      const info = dataOf(await registrar.contacts.info(made.id, id()))
      assert.equal(info.clID, clID)
      assert.equal(info.email, order.email)
      assert.equal(info.postal[0]?.city, 'Praha')
      assert.equal(dataOf(await registrar.contacts.check([made.id], id()))[0]?.available, false)
      assert.equal(
        answered(await registrar.contacts.create({ ...order, id: made.id, clTRID: id() })).code,
        2302,
      )
    },
  },

  'a changed field of a contact is shown, and the other fields stay': {
    needs: 'contacts',
    run: async ({ registrar, freeContact }) => {
      const made = dataOf(await registrar.contacts.create(contact(await freeContact())))
      done(
        await registrar.contacts.update({ id: made.id, clTRID: id(), change: { email: 'new@example.com' } }),
      )
      const info = dataOf(await registrar.contacts.info(made.id, id()))
      assert.equal(info.email, 'new@example.com')
      assert.equal(info.postal[0]?.city, 'Praha')
    },
  },

  'info on a contact that does not exist is answered 2303': {
    needs: 'contacts',
    run: async ({ registrar, freeContact }) => {
      assert.equal(answered(await registrar.contacts.info(await freeContact(), id())).code, 2303)
    },
  },
}

const hosts: Record<string, ObjectsCase> = {
  'a host name is free, is created, is shown, and is then taken': {
    needs: 'hosts',
    run: async (world) => {
      const { registrar, clID, freeHost } = world
      const free = await freeHost()
      assert.equal(dataOf(await registrar.hosts.check([free], id()))[0]?.available, true)
      assert.equal(answered(await registrar.hosts.info(free, id())).code, 2303)
      const name = await ownHost(world)
      assert.equal(dataOf(await registrar.hosts.info(name, id())).clID, clID)
      assert.equal(dataOf(await registrar.hosts.check([name], id()))[0]?.available, false)
    },
  },

  'name servers are added to a name and removed from it': {
    needs: 'hosts',
    run: async (world) => {
      const { registrar } = world
      const nameServers = [{ name: await ownHost(world) }, { name: await ownHost(world) }]
      const { name } = await ownName(world)
      done(await registrar.update({ name, clTRID: id(), add: { nameServers } }))
      const shown = dataOf(await registrar.info(name, id())).nameServers?.map((server) => server.name)
      assert.deepEqual(shown?.toSorted(), nameServers.map((server) => server.name).toSorted())
      done(await registrar.update({ name, clTRID: id(), remove: { nameServers } }))
      assert.deepEqual(dataOf(await registrar.info(name, id())).nameServers ?? [], [])
    },
  },

  'a host is not deleted while a name is delegated to it, and is afterwards': {
    needs: 'hosts',
    run: async (world) => {
      const { registrar } = world
      const host = await ownHost(world)
      const { name } = await ownName(world)
      done(await registrar.update({ name, clTRID: id(), add: { nameServers: [{ name: host }] } }))
      assert.equal(answered(await registrar.hosts.delete(host, id())).code, 2305)
      done(await registrar.update({ name, clTRID: id(), remove: { nameServers: [{ name: host }] } }))
      await deleteHost(world, host)
      assert.equal(answered(await registrar.hosts.delete(await world.freeHost(), id())).code, 2303)
    },
  },

  'a host below a name is shown with the name, and keeps it from being deleted': {
    needs: 'hosts',
    run: async (world) => {
      const { registrar } = world
      const { name, subordinateHosts } = await ownName(world)
      assert.equal(subordinateHosts, undefined)
      const host = `ns1.${name}`
      done(await registrar.hosts.create({ name: host, addresses: [PUBLIC_ADDRESS], clTRID: id() }))
      assert.deepEqual(dataOf(await registrar.info(name, id())).subordinateHosts, [host])
      assert.equal(answered(await registrar.delete(name, id())).code, 2305)
      await deleteHost(world, host)
      assert.ok(isDone(answered(await registrar.delete(name, id())).code))
    },
  },
}

const YEAR_MS_MIN = 364 * 86_400_000

const domains: Record<string, ObjectsCase> = {
  'a renewal moves the expiry by a year, and the same command does not renew twice': {
    run: async (world) => {
      const { name, exDate } = await ownName(world)
      assert.ok(exDate)
      const order = { name, clTRID: id(), currentExDate: exDate, years: 1 }
      const renewed = dataOf(await world.registrar.renew(order))
      assert.ok(renewed.exDate && renewed.exDate.getTime() - exDate.getTime() >= YEAR_MS_MIN)
      assert.ok(answered(await world.registrar.renew({ ...order, clTRID: id() })).code >= 2000)
      assert.deepEqual(dataOf(await world.registrar.info(name, id())).exDate, renewed.exDate)
    },
  },

  'a status is set, is shown, and is removed': {
    run: async (world) => {
      const { registrar } = world
      const { name } = await ownName(world)
      const statuses = ['clientTransferProhibited'] as const
      done(await registrar.update({ name, clTRID: id(), add: { statuses } }))
      assert.ok(dataOf(await registrar.info(name, id())).statuses.includes(statuses[0]))
      done(await registrar.update({ name, clTRID: id(), remove: { statuses } }))
      assert.ok(!dataOf(await registrar.info(name, id())).statuses.includes(statuses[0]))
    },
  },

  'a deleted name is gone, or on its way': {
    run: async (world) => {
      const { name } = await ownName(world)
      assert.ok(isDone(answered(await world.registrar.delete(name, id())).code))
      const { code, data } = answered(await world.registrar.info(name, id()))
      assert.ok(code === 2303 || data?.statuses.includes('pendingDelete'))
    },
  },

  'commands on a name that does not exist change nothing': {
    run: async ({ registrar, freeName }) => {
      const name = await freeName()
      const renewal = { name, clTRID: id(), currentExDate: new Date('2030-01-01'), years: 1 }
      assert.equal(answered(await registrar.renew(renewal)).code, 2303)
      assert.equal(answered(await registrar.delete(name, id())).code, 2303)
    },
  },
}

/** The price of one year of the name, as the registry quotes it. */
async function priceOf(registrar: Registrar, name: string): Promise<Money> {
  const quotes = dataOf(await registrar.quote([name], [{ command: 'create', years: 1 }], id()))
  const quote = quotes.find((one) => one.name === name && one.command === 'create')
  const fees = quote?.fees.map(({ amount }) => amount)
  const price = quote && fees && chargedMoney({ fees }, parseCurrency(quote.currency))
  assert.ok(price, `no price was quoted of ${name}`)
  return price
}

const extensions: Record<string, ObjectsCase> = {
  'the fee that is quoted is the fee that a create is charged': {
    needs: 'the fee extension',
    run: async ({ registrar, freeName, terms }) => {
      const name = await freeName()
      const feeCap = await priceOf(registrar, name)
      const common = { ...terms, years: 1, authInfo: '9-suite-Secret' } as const
      const created = await registrar.create({ ...common, name, clTRID: id(), feeCap })
      assert.deepEqual(chargedMoney(dataOf(created).charged, feeCap.currency), feeCap)
    },
  },

  'a create whose cap is below the price is refused, and the name stays free': {
    needs: 'the fee extension',
    run: async ({ registrar, freeName, terms }) => {
      const name = await freeName()
      const { amountMinor, currency } = await priceOf(registrar, name)
      const feeCap = money(amountMinor - 1n, currency)
      const common = { ...terms, years: 1, authInfo: '9-suite-Secret' } as const
      const refused = answered(await registrar.create({ ...common, name, clTRID: id(), feeCap }))
      assert.equal(refused.code, 2004)
      assert.equal(refused.data, undefined)
      assert.equal(answered(await registrar.info(name, id())).code, 2303)
    },
  },

  'a premium name is not bought with the cap of a standard name': {
    needs: 'a premium name',
    run: async ({ registrar, freeName, premiumName, terms }) => {
      const name = await premiumName()
      const feeCap = await priceOf(registrar, await freeName())
      assert.equal(compare(await priceOf(registrar, name), feeCap), 1)
      const common = { ...terms, years: 1, authInfo: '9-suite-Secret' } as const
      const refused = answered(await registrar.create({ ...common, name, clTRID: id(), feeCap }))
      assert.equal(refused.code, 2004)
      assert.equal(answered(await registrar.info(name, id())).code, 2303)
    },
  },

  'a delegation signer is set and shown': {
    needs: 'the DNSSEC extension',
    run: async (world) => {
      const { name } = await ownName(world)
      const digest = '49FD46E6C4B45C55D4AC69CBD3CD34AC1AFE51DE69CBD3CD34AC1AFE51DE0000'
      const signer = { kind: 'ds', keyTag: 12345, algorithm: 13, digestType: 2, digest } as const
      done(await world.registrar.update({ name, clTRID: id(), dnssec: { add: [signer] } }))
      assert.deepEqual(dataOf(await world.registrar.info(name, id())).dnssec, [signer])
    },
  },
}

const messages: Record<string, ObjectsCase> = {
  'a message stays until it is acknowledged, and does not change': {
    needs: 'a message',
    run: async ({ registrar, queueMessage }) => {
      await queueMessage()
      const first = dataOf(await registrar.messages.next(id()))
      const again = dataOf(await registrar.messages.next(id()))
      assert.ok(first.message)
      assert.equal(again.message?.id, first.message.id)
      assert.ok(first.message.evidence.includes(first.message.id))
      done(await registrar.messages.acknowledge(first.message.id, id()))
      const next = dataOf(await registrar.messages.next(id()))
      assert.notEqual(next.message?.id, first.message.id)
      assert.equal(next.waiting, first.waiting - 1)
    },
  },

  'an unknown message can’t be acknowledged': {
    run: async ({ registrar }) => {
      assert.ok(answered(await registrar.messages.acknowledge('no-such-message', id())).code >= 2000)
    },
  },
}
