import { type AppUrls, appRoles, ofEachApp } from '@droplock/core/database/app-roles'
import { z } from 'zod'
import type { Run } from './run.ts'

const withId = z.object({ id: z.string() })
const personSchema = withId.extend({ email: z.string(), password: z.string() })
const keySchema = withId.extend({ key: z.string() })

type Person = z.output<typeof personSchema>

/** What the commands made. */
export type Installation = {
  readonly first: Person
  readonly finance: Person
  readonly approver: Person
  readonly resellerId: string
  /** Of the database, for each app the login that has its rights. */
  readonly urls: AppUrls
  readonly key: z.output<typeof keySchema>
}

/** Everything that has to be there before the apps start, by commands alone. */
export async function setUp(run: Run, registryFile: string, prefix: string): Promise<Installation> {
  await makeTables(run)
  const urls = await makeLogins(run, prefix)
  const people = await addPeople(run)
  await addRegistry(run, registryFile)
  return { ...people, urls, ...(await addReseller(run)) }
}

const migratedSchema = z.object({ applied: z.array(z.string()) })

async function makeTables({ npmAdmin, admin, tally }: Run): Promise<void> {
  const early = await npmAdmin.run('staff', 'list')
  tally.check(
    'on an empty database a command says what to do first',
    early.code === 1 && /^admin: unavailable: .*admin -- migrate/.test(early.err),
  )
  const { applied } = migratedSchema.parse(await npmAdmin.done('migrate'))
  const again = migratedSchema.parse(await admin.done('migrate'))
  tally.check(
    'migrate makes the tables with a login that is no superuser, and does nothing the second time',
    applied.length > 0 && again.applied.length === 0,
  )
}

/** A login for each app. */
export async function makeLogins({ admin, tally }: Run, prefix: string): Promise<AppUrls> {
  const logins = z
    .array(z.object({ app: z.string(), url: z.string() }))
    .parse(await admin.done('roles', '--prefix', prefix))
  const urls = ofEachApp((app) => logins.find((login) => login.app === app)?.url ?? '')
  tally.check('every app has its own login', new Set(Object.values(urls)).size === appRoles.length)
  return urls
}

async function addPeople({ admin, tally }: Run) {
  const add = async (email: string, name: string, role: string) =>
    personSchema.parse(await admin.done('staff', 'add', email, '--name', name, '--role', role))
  const first = await add('ada@company.example', 'Ada', 'admin')
  const finance = await add('fay@company.example', 'Fay', 'finance')
  const approver = await add('abe@company.example', 'Abe', 'finance_approver')
  const twice = await admin.run('staff', 'add', first.email, '--name', 'Eve', '--role', 'admin')
  tally.check(
    'three people are added, and a second addition is refused',
    twice.code === 1 && twice.err.startsWith('admin: staff_exists: '),
  )
  return { first, finance, approver }
}

async function addRegistry({ admin, tally }: Run, file: string): Promise<void> {
  await admin.done('registry', 'put', file, '--reason', 'first registry')
  const zones = z.array(z.object({ enabled: z.boolean() })).parse(await admin.done('zone', 'list'))
  tally.check(
    'a registry with our account, a zone and its prices is there',
    zones.length === 1 && zones[0]?.enabled === true,
  )
}

async function addReseller({ admin, tally }: Run) {
  const seller = ['--legal-name', 'Company Ltd', '--address', '1 Quay', 'Cork', '--country', 'IE']
  await admin.done('seller', 'set', ...seller, '--reason', 'set up')
  const reseller = withId.parse(await admin.done('reseller', 'add', 'Anchor Names', '--currency', 'USD'))
  const key = keySchema.parse(await admin.done('key', 'issue', reseller.id, '--label', 'shop'))
  tally.check('a reseller has an API key', key.key.startsWith('dlk_test_'))
  return { resellerId: reseller.id, key }
}
