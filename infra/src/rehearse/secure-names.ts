import { openAccount } from '@droplock/core/accounts/administer'
import { topUp } from '@droplock/core/accounts/top-up'
import { placeBackorder } from '@droplock/core/backorders/place'
import { setDefaultContacts } from '@droplock/core/contacts/defaults'
import { actFor, asService, type Context } from '@droplock/core/context'
import { publishRun } from '@droplock/core/lists/publish'
import { stageList } from '@droplock/core/lists/stage'
import type { DropDay } from '@droplock/core/order-of-service/read-drop-day'
import { defineRegistry } from '@droplock/core/registries/define'
import { closeDue, openDue } from '@droplock/core/schedule/steps'
import { scopes } from '@droplock/rules/accounts'
import type { DropEntry } from '@droplock/rules/ports/drop-feed'
import type { ContactDetails } from '@droplock/rules/ports/registry-objects'
import { marginsOf, type ShiftedDay } from './shift-day.ts'
import { FEE_MINOR, HOST, hasDropHost, oursAt, requireLoopback } from './simulated.ts'

/** Our registry in the scratch database, whatever it is called in the live one. */
export const accountIdOf = (clid: string): string => `rehearsal/${clid}`
const REGISTRY_ID = 'rehearsal'

/** What an order costs does not matter. Minor units. */
const PRICE_MINOR = 1_000n
const BALANCE_MINOR = 1_000_000_000_000n

/** Names are tried for as long as a rehearsal lasts at most. Seconds: a day. */
const GRACE_SECONDS = 86_400

const CONTACT: ContactDetails = {
  postal: [
    {
      type: 'int',
      name: 'Rehearsal',
      org: 'Rehearsal',
      street: ['1 Example Street'],
      city: 'Example',
      postalCode: '00000',
      country: 'DE',
    },
  ],
  voice: '+49.301234567',
  email: 'rehearsal@example.test',
}

/** Defines the registry as the day has it, on ports of this machine. */
export async function defineScratch(
  ctx: Context,
  day: DropDay,
  ports: { readonly epp: number; readonly drop: number },
): Promise<void> {
  const operator = asService(ctx)
  await defineRegistry(operator, {
    id: REGISTRY_ID,
    profile: day.profile,
    accounts: oursAt(day).map((clid, index) => ({
      id: accountIdOf(clid),
      clid,
      isSimulator: true,
      hosts: [{ host: HOST, port: ports.epp }],
      ...(hasDropHost(day) && { dropHosts: [{ host: HOST, port: ports.drop }] }),
      limits: day.contracts[index] ?? {},
    })),
    zones: day.zones.map((zone) => ({
      name: zone.name,
      release: zone.release,
      mayHavePremium: zone.mayHavePremium,
      contactRoles: zone.contactRoles,
      standardFeeMinor: FEE_MINOR,
      phaseFeeMinor: 0n,
      feeCurrency: 'USD',
      cutoffLeadSeconds: 0,
      dropTimeZone: 'UTC',
      dropStartsAt: '00:00',
      dropLastsSeconds: 60,
      ...marginsOf(zone),
      graceSeconds: GRACE_SECONDS,
      graceFullSeconds: GRACE_SECONDS,
      driftEarlierSecondsMax: 0,
      driftLaterSecondsMax: 0,
      prices: [{ tier: 'standard', currency: 'USD', amountMinor: PRICE_MINOR }],
    })),
  })
  await requireScratchHosts(ctx)
  if (day.zones.every(({ contactRoles }) => contactRoles.length === 0)) return
  for (const clid of oursAt(day))
    await setDefaultContacts(operator, {
      registryAccountId: accountIdOf(clid),
      contacts: { registrant: CONTACT },
      reason: 'a rehearsal',
    })
}

/** Throws UsageError where a catcher on this database would connect to another machine. */
export async function requireScratchHosts({ db }: Pick<Context, 'db'>): Promise<void> {
  const hosts = await db.selectFrom('registry_host').select('host').execute()
  requireLoopback(hosts.map(({ host }) => host))
}

/** Lists the names and orders them in the order of service, far from their drop. */
export async function orderNames(ctx: Context, day: DropDay, { rehearsed }: ShiftedDay): Promise<void> {
  const accountId = await openAccount(asService(ctx), { name: 'Rehearsal', currency: 'USD' })
  await topUp(ctx, { accountId, amountMinor: BALANCE_MINOR, receiptId: ctx.newId() })
  const buyer = actFor(ctx, { kind: 'account', accountId, keyId: ctx.newId(), scopes, currency: 'USD' })
  const staged = await stageList(ctx, {
    registryId: REGISTRY_ID,
    source: 'rehearsal',
    format: 'rehearsal',
    contentSha256: () => Buffer.from(ctx.newId()),
    scope: () => ({ kind: 'increment', zones: day.zones.map(({ name }) => name) }),
    entries: entriesOf(rehearsed),
  })
  await publishRun(ctx, { runId: staged.id, opensAt: new Date(0) })
  while ((await openDue(ctx.db)) > 0);
  for (const { name } of rehearsed) await placeBackorder(buyer, { name: name.name, payment: 'balance' })
}

const DAY_MS = 86_400_000

async function* entriesOf(rehearsed: ShiftedDay['rehearsed']): AsyncGenerator<DropEntry> {
  const purgeAt = new Date(Date.now() + DAY_MS)
  const dropDate = purgeAt.toISOString().slice(0, 10)
  for (const [index, { name }] of rehearsed.entries())
    yield { kind: 'row', line: index + 1, name: name.name, zone: name.zone, purgeAt, dropDate }
}

/** Moves the names past their cut-off, with the windows of the rehearsal, which begins at `startMs`. */
export async function armNames(ctx: Context, { rehearsed }: ShiftedDay, startMs: number): Promise<void> {
  const at = (ms: number) => new Date(startMs + ms)
  const cutoff = new Date()
  await ctx.db.transaction().execute(async (tx) => {
    for (const { name, fromMs, toMs } of rehearsed)
      await tx
        .updateTable('listing')
        .set({ cutoff_at: cutoff, drop_from: at(fromMs), drop_to: at(toMs) })
        .where('name', '=', name.name)
        .execute()
  })
  while ((await closeDue(ctx)).closed > 0);
}
