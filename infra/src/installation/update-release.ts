import { cpSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { AppUrls } from '@droplock/core/database/app-roles'
import { migrate } from '@droplock/core/database/migrate'
import { migrationsFolder } from '@droplock/core/database/migrations'
import { type Client, createClient } from '@droplock/sdk/client'
import { z } from 'zod'
import { type Apps, superviseApps } from '../environment/apps.ts'
import { type Simulator, simulatorAt } from '../environment/simulator.ts'
import type { Output } from '../launch/output.ts'
import { repositoryRoot } from '../paths.ts'
import { waitUntil } from '../processes/wait-until.ts'
import { bringMoney, dropNames, endOf, isOurs } from './catch-name.ts'
import { orderSteadily, type SteadyOrders } from './order-steadily.ts'
import {
  appSpecs,
  dropAheadMs,
  findPlaces,
  registryFile,
  registrySpec,
  serverName,
  urlOf,
  zone,
} from './places.ts'
import { ask, makeDatabase } from './postgres.ts'
import { openTally, type Run, type Tally } from './run.ts'
import { adminOf, byNode } from './run-admin-command.ts'
import { setUp } from './set-up.ts'

type Update = {
  /** Where the previous release is installed. */
  readonly previous: string
  readonly superuserUrl: string
  /** Everything temporary. */
  readonly folder: string
  readonly output: Output
  readonly tally: Tally
  readonly stop: AbortSignal
}

const ORDERS_PER_SECOND = 20
const NAMES_MAX = 6_000
const MONEY_MINOR = 30_000_000
/** Orders that are watched before and after each change. */
const ORDERS_WATCHED = 40
const DAY_MS = 86_400_000
/** In the names of the logins. */
const PREFIX = 'update'
const LISTED_MS_MAX = 30_000
const READY_MS_MAX = 30_000

/**
 * Sets an installation up with the previous release, and updates it as the guide says, while it takes orders: `migrate` and `roles`, then one
 * process after the other. Names drop before the processes are replaced and after it.
 */
export async function updateRelease(update: Update): Promise<void> {
  const { superuserUrl, folder, output, tally, stop } = update
  await using cleanup = new AsyncDisposableStack()
  const databaseUrl = await makeDatabase(superuserUrl, PREFIX)
  const places = await findPlaces(folder)
  // As on a server: what runs is where the link leads at the moment it starts.
  const release = join(folder, 'current')
  symlinkSync(update.previous, release)
  let isMuted = false
  const line: Output['line'] = (app, text) => {
    if (!isMuted) output.line(app, text)
  }
  const heard = { ...output, line }
  const registryApps = superviseApps(heard, stop)
  cleanup.defer(() => registryApps.stop())
  const apps = superviseApps(heard, stop)
  cleanup.defer(() => apps.stop())
  const admin = adminOf(databaseUrl, byNode, release)
  const quiet = openTally({ ...output, say: () => undefined })
  const run = { places, admin, npmAdmin: admin, tally: quiet, stop }
  const file = join(folder, 'registry.json')
  writeFileSync(file, JSON.stringify(registryFile(places)))
  const installation = await setUp(run, file, PREFIX)
  await registryApps.start([registrySpec(places)])
  await apps.start(appSpecs(places, installation.urls, release))
  await bringMoney(run, installation, MONEY_MINOR)
  tally.check('the previous release sets up an installation', quiet.counts().failed === 0)

  const registry = simulatorAt(urlOf(places.control))
  const url = urlOf(places.gateways[0])
  const { key } = installation.key
  const gateway = createClient({ baseUrl: url, apiKey: key })
  const names = Array.from({ length: NAMES_MAX }, (_, index) => `steady-${index}.${zone}`)
  const dropping = { registry, gateway, stop, msMax: LISTED_MS_MAX }
  await dropNames(dropping, names, new Date(Date.now() + DAY_MS))
  const orders = orderSteadily({ names, keys: [key], url, perSecond: ORDERS_PER_SECOND })
  cleanup.defer(async () => {
    await orders.stop()
  })
  const mute = () => {
    isMuted = true
  }
  const { urls } = installation
  const updated = { ...update, run, databaseUrl, urls, apps, orders, release, gateway, registry, mute }
  await Promise.race([perform(updated), apps.failed, registryApps.failed])
}

type Updated = Update & {
  readonly run: Run
  readonly databaseUrl: string
  readonly urls: AppUrls
  readonly apps: Apps
  readonly orders: SteadyOrders
  readonly release: string
  readonly gateway: Client
  readonly registry: Simulator
  readonly mute: () => void
}

async function perform(updated: Updated): Promise<void> {
  const { run, databaseUrl, apps, orders, release, tally, stop } = updated
  await orders.more(ORDERS_WATCHED, stop)
  const { applied } = z
    .object({ applied: z.array(z.string()) })
    .parse(await adminOf(databaseUrl).done('migrate'))
  const expanded = await migrateWith(updated, expand)
  await orders.more(ORDERS_WATCHED, stop)
  tally.check(
    `while migrate applies ${[...applied, ...expanded].join(', ')}, every order is accepted (${orders.said()})`,
    expanded.length > 0 && orders.refused() === 0,
  )
  await renewLogins(updated)
  tally.check(
    'processes of the previous release catch a name on the new tables',
    await isCaught(updated, 'before'),
  )
  rmSync(release)
  symlinkSync(repositoryRoot, release)
  for (const port of run.places.gateways) await replaceGateway(updated, port)
  for (const port of run.places.consoles) {
    await apps.replace(serverName('console-api', port))
    await untilReady(port, stop)
  }
  await apps.replace('worker')
  await apps.replace('catcher')
  await orders.more(ORDERS_WATCHED, stop)
  tally.check(
    `every process is replaced by one of this release, and every order is accepted (${orders.said()})`,
    orders.refused() === 0,
  )
  tally.check('processes of this release catch a name', await isCaught(updated, 'after'))
  await contractTooEarly(updated)
}

type Example = { readonly name: string; readonly sql: string }

/** Of each kind of addition one, on the tables of orders: this release may have nothing to apply, or not of each kind. */
const expand: Example = {
  name: '9998_example_of_expanding.sql',
  sql: `
    alter table listing add column example text;
    alter table backorder
      add column example integer not null default 0,
      add constraint example_not_negative check (example >= 0);
    create index backorder_by_example on backorder (example);
    create table example (
      backorder_id uuid primary key references backorder,
      listing_id uuid not null references listing
    );
    create function note_example() returns trigger language plpgsql security definer as $$
    begin
      insert into example (backorder_id, listing_id) values (new.id, new.listing_id);
      return new;
    end $$;
    create trigger example_is_noted after insert on backorder for each row execute function note_example();
  `,
}

/** Applies an example after the migrations of this release, as `migrate` does. */
function migrateWith({ folder, databaseUrl }: Updated, { name, sql }: Example): Promise<readonly string[]> {
  const migrations = join(folder, 'migrations')
  cpSync(migrationsFolder, migrations, { recursive: true })
  writeFileSync(join(migrations, name), sql)
  return migrate(databaseUrl, migrations)
}

/** The logins that the previous release made get the settings of this one. */
async function renewLogins({ databaseUrl, urls, tally }: Updated): Promise<void> {
  await adminOf(databaseUrl).done('roles', '--prefix', PREFIX)
  const jit = `select setting || ' by ' || source as said from pg_settings where name = 'jit'`
  const said = await Promise.all(Object.values(urls).map((url) => ask<{ said: string }>(url, jit)))
  tally.check(
    'after roles, for no app the server compiles statements, and its login has the password that it had',
    said.every(([row]) => row?.said === 'off by user'),
  )
}

/** The control: something is taken away that the running release uses. What its processes say of it is not shown. */
async function contractTooEarly({ databaseUrl, orders, tally, stop, mute }: Updated): Promise<void> {
  mute()
  await ask(databaseUrl, 'alter table backorder rename column secured_at to paid_at')
  await orders.more(ORDERS_WATCHED, stop)
  tally.check(
    `a migration that takes a column away from the release that runs is noticed (${orders.said()})`,
    orders.refused() > 0,
  )
}

/** Has a name listed, ordered and dropped. Resolves with whether it is ours, and its order says so. */
async function isCaught(updated: Updated, label: string): Promise<boolean> {
  const { registry, gateway, orders, stop } = updated
  const name = `${label}-the-update.${zone}`
  await dropNames({ ...updated, msMax: LISTED_MS_MAX }, [name], new Date(Date.now() + dropAheadMs))
  const state = await endOf(gateway, await orders.order(name), stop)
  return (await isOurs(registry, name)) && state === 'successful'
}

/** Takes a gateway out, as a balancer does, replaces it, and takes it in again. */
async function replaceGateway({ run, apps, orders, stop }: Updated, port: number): Promise<void> {
  const other = run.places.gateways.find((one) => one !== port) ?? port
  orders.leadTo(urlOf(other))
  await orders.more(ORDERS_WATCHED, stop)
  await apps.replace(serverName('gateway', port))
  await untilReady(port, stop)
  orders.leadTo(urlOf(port))
  await orders.more(ORDERS_WATCHED, stop)
}

function untilReady(port: number, stop: AbortSignal): Promise<void> {
  return waitUntil(`readiness on port ${port}`, READY_MS_MAX, stop, async () => {
    const answer = await fetch(`${urlOf(port)}/readyz`).catch(() => undefined)
    await answer?.arrayBuffer()
    return answer?.ok === true
  })
}
