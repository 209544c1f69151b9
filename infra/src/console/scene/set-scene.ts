import { raiseAlarms } from '@droplock/core/alarms/raise'
import { placeBackorder } from '@droplock/core/backorders/place'
import type { AccountContext, Context, StaffActor, StaffContext } from '@droplock/core/context'
import { addReceiver } from '@droplock/core/receivers/administer'
import { openTill, paidByCard } from './cards.ts'
import { compareBooks } from './compare-books.ts'
import { addCustomer } from './customers.ts'
import { setFinance } from './finance.ts'
import { addPeople } from './people.ts'
import { type Ending, playDrop } from './play-drop.ts'
import { publishNames } from './publish-names.ts'
import { accountOf, daily, defineRegistries, dropZone, exact } from './registries.ts'

const hourMs = 3_600_000

/** Long enough to order all names on a busy machine before their cut-off. */
const dropInMs = 4_000

/** Names of the drop that is played, and how each ends; one stays without a known result. */
const dropped = {
  'harbour-lights.shop': 'registered',
  'xn--bcher-kva.shop': 'registered',
  'north-orchard.shop': 'registered',
  'copperfield.shop': 'lost',
  'velvet-hammer.shop': 'lost',
  'slow-river.shop': 'missed',
  'crown.shop': 'premium',
  'restored-after-all.shop': 'withdrawn',
  'reserved-word.shop': 'refused',
  'half-answered.shop': 'undecided',
  'fair-winds.shop': 'registered',
  'broken-mast.shop': 'lost',
  'torn-sail.shop': 'lost',
} as const satisfies Readonly<Record<string, Ending | 'undecided'>>

/** A name whose window a list moved after it was ordered, then caught: the longest story of the scene. */
export const movedAndCaught = 'harbour-lights.shop'

/** A name of a later window, held by a customer, that an operator can move. */
export const movable = 'winter-garden.site'

/**
 * What an operator finds on an ordinary day: registries, people, customers, published lists, a list that is held back, and
 * a drop that has just ended in every way there is. All of it by the use cases that make it in earnest.
 */
export async function setScene(ctx: Context): Promise<void> {
  await defineRegistries(ctx)
  const operator = await addPeople(ctx)
  const customer = await addCustomer(ctx, 'Anchor Names', 'USD')
  const other = await addCustomer(ctx, 'Birke Domains', 'EUR')
  const byCard = await addCustomer(ctx, 'Cobalt Web', 'USD', 0n)
  await using till = await openTill(ctx)
  await dropNow(ctx, [customer, other], (name) => till.order(byCard, name))
  await till.refundAndFail()
  await setFinance(ctx, customer, await till.dispute('fair-winds.shop'))
  await compareBooks(ctx, till.provider, exact)
  await upcoming(ctx, customer)
  await holdBackList(ctx, operator)
  await addReceivers({ ...ctx, actor: operator })
  await raiseSceneAlarms(ctx)
}

/** Who is told of alarms: everybody on call of all, and a pager of what cannot wait. */
async function addReceivers(operator: StaffContext): Promise<void> {
  const mail = { kind: 'mail', address: 'on-call@anchor.example', secretName: null } as const
  const pager = { kind: 'webhook', address: 'https://pager.example/droplock', secretName: 'pager' } as const
  await addReceiver(operator, { ...mail, alarmKinds: null, onClose: true })
  await addReceiver(operator, { ...pager, alarmKinds: ['login_refused', 'deposit_empty'], onClose: false })
}

/** What the night before has left: a name that nothing decides, and a registry that has to be paid. */
async function raiseSceneAlarms(ctx: Context): Promise<void> {
  const undecided = await ctx.db
    .selectFrom('catch_target')
    .select(['id', 'name'])
    .where('state', '=', 'ambiguous')
    .executeTakeFirstOrThrow()
  await raiseAlarms(ctx, [
    { kind: 'target_undecided', subject: undecided.id, facts: { name: undecided.name } },
  ])
  await raiseAlarms(ctx, [{ kind: 'deposit_empty', subject: accountOf(exact), facts: { code: 2104 } }])
}

/** The drop: listed for later, ordered, moved by a newer list to within seconds, and played. */
async function dropNow(
  ctx: Context,
  customers: readonly AccountContext[],
  orderByCard: (name: string) => Promise<void>,
): Promise<void> {
  const names = Object.keys(dropped)
  const list = { registryId: exact, zone: dropZone }
  await publishNames(ctx, {
    ...list,
    source: 'shop-droplist-1.csv',
    names,
    purgeAt: new Date(Date.now() + hourMs),
  })
  for (const [index, name] of names.entries()) {
    const customer = customers[index % customers.length]
    if (name in paidByCard) await orderByCard(name)
    else if (customer !== undefined) await placeBackorder(customer, { name, payment: 'balance' })
  }
  const purgeAt = new Date(Date.now() + dropInMs)
  await publishNames(ctx, { ...list, source: 'shop-droplist-2.csv', names, purgeAt })
  await playDrop(ctx, exact, dropped)
}

/** Two days ahead in several zones; some names are ordered already. */
async function upcoming(ctx: Context, customer: AccountContext): Promise<void> {
  const site = [movable, ...labels(35).map((label) => `${label}.site`)]
  await publishNames(ctx, {
    registryId: exact,
    source: 'site-droplist.csv',
    zone: 'site',
    names: site,
    purgeAt: inHours(26),
  })
  const polish = labels(120).map((label) => `${label}.pl`)
  await publishNames(ctx, {
    registryId: daily,
    source: 'pl-day-1.csv',
    zone: 'pl',
    names: polish,
    purgeAt: inHours(20),
  })
  const third = labels(40).map((label) => `${label}.com.pl`)
  await publishNames(ctx, {
    registryId: daily,
    source: 'com-pl-day-2.csv',
    zone: 'com.pl',
    names: third,
    purgeAt: inHours(44),
    opensAt: inHours(12),
  })
  for (const name of [movable, ...polish.slice(0, 9)])
    await placeBackorder(customer, { name, payment: 'balance' })
}

/** A snapshot with a few of the names: what a broken download looks like. */
async function holdBackList(ctx: Context, operator: StaffActor): Promise<void> {
  const staff: StaffContext = { ...ctx, actor: operator }
  await publishNames(staff, {
    registryId: exact,
    source: 'site-snapshot.csv',
    zone: 'site',
    names: [movable, 'amber-anchor.site', 'newly-listed.site'],
    purgeAt: inHours(26),
    scope: 'snapshot',
    uploadedBy: operator,
  })
  // Last year's list: every row has its date in the past.
  await publishNames(staff, {
    registryId: daily,
    source: 'pl-last-year.csv',
    zone: 'pl',
    names: labels(48).map((label) => `${label}.pl`),
    purgeAt: inHours(-365 * 24),
    uploadedBy: operator,
  })
}

const first = [
  'amber',
  'birch',
  'cedar',
  'dawn',
  'ember',
  'fern',
  'grove',
  'hazel',
  'iris',
  'juniper',
  'kestrel',
  'larch',
]
const second = ['anchor', 'bridge', 'candle', 'door', 'engine', 'field', 'gate', 'house', 'island', 'jetty']

/** A full hour, so that times are easy to read. */
function inHours(hours: number): Date {
  return new Date((Math.ceil(Date.now() / hourMs) + hours) * hourMs)
}

/** `count` different labels that look like names somebody might want. */
function labels(count: number): readonly string[] {
  return first.flatMap((one) => second.map((other) => `${one}-${other}`)).slice(0, count)
}
