import { type Forecast, getForecast } from '@droplock/core/accounts/get-forecast'
import { type Balance, getBalance } from '@droplock/core/accounts/read'
import {
  getStatement,
  type ListTransactions,
  listTransactions,
  type Period,
  type Statement,
  type Transaction,
} from '@droplock/core/accounts/statement'
import { authenticateApiKey } from '@droplock/core/api-keys'
import { type AttemptPage, type ListAttempts, listAttempts } from '@droplock/core/backorders/attempts'
import type { SecuredBackorder } from '@droplock/core/backorders/claim-listing'
import type { PlaceBackorder } from '@droplock/core/backorders/place'
import { placeInTurn } from '@droplock/core/backorders/place-in-turn'
import {
  type BackorderCase,
  type BackorderView,
  getBackorder,
  type ListBackorders,
  listBackorders,
} from '@droplock/core/backorders/read'
import { releaseBackorder } from '@droplock/core/backorders/release'
import { type AccountActor, actFor, type Context } from '@droplock/core/context'
import type { Page } from '@droplock/core/database/page'
import { databaseTime } from '@droplock/core/database/time'
import {
  getListing,
  type ListingView,
  type SearchListings,
  searchListings,
} from '@droplock/core/listings/read'
import { type ListWatches, listWatches, unwatchName, type WatchView, watchName } from '@droplock/core/watches'
import type { PaymentProvider } from '@droplock/rules/ports/payments'
import { type CardServices, createCardServices } from './card-services.ts'
import { type RememberedActors, rememberActors } from './http/remember-actors.ts'
import { createInvoiceServices, type InvoiceServices } from './invoice-services.ts'
import { createRenewalServices, type RenewalServices } from './renewal-services.ts'

/** What the gateway asks of the use cases: all that its routes can reach. Refusals are thrown. */
export type Services = CardServices &
  InvoiceServices &
  RenewalServices & {
    readonly authenticate: RememberedActors
    searchListings(actor: AccountActor, query: SearchListings): Promise<Page<ListingView>>
    getListing(actor: AccountActor, name: string): Promise<ListingView>
    placeBackorder(actor: AccountActor, order: PlaceBackorder): Promise<SecuredBackorder>
    listBackorders(actor: AccountActor, query: ListBackorders): Promise<Page<BackorderView>>
    getBackorder(actor: AccountActor, id: string): Promise<BackorderCase>
    listAttempts(actor: AccountActor, query: ListAttempts): Promise<AttemptPage>
    releaseBackorder(actor: AccountActor, id: string): Promise<BackorderView>
    getBalance(actor: AccountActor): Promise<Balance>
    listTransactions(actor: AccountActor, query: ListTransactions): Promise<Page<Transaction>>
    getStatement(actor: AccountActor, period: Period): Promise<Statement>
    getForecast(actor: AccountActor, until?: Date): Promise<Forecast>
    watchName(actor: AccountActor, name: string): Promise<WatchView>
    unwatchName(actor: AccountActor, name: string): Promise<void>
    listWatches(actor: AccountActor, query: ListWatches): Promise<Page<WatchView>>
    /** Throws when the database does not answer. */
    probe(): Promise<unknown>
  }

/** The use cases on one database, with the card provider of its mode. Without one no cards are taken. */
export function createServices(ctx: Context, provider?: PaymentProvider): Services {
  const as = (actor: AccountActor) => actFor(ctx, actor)
  const placeBackorder = placeInTurn()
  return {
    ...createCardServices(ctx, provider),
    ...createInvoiceServices(ctx),
    ...createRenewalServices(ctx, provider),
    authenticate: rememberActors((keySha256) => authenticateApiKey(ctx, keySha256)),
    searchListings: (actor, query) => searchListings(as(actor), query),
    getListing: (actor, name) => getListing(as(actor), name),
    placeBackorder: (actor, order) => placeBackorder(as(actor), order),
    listBackorders: (actor, query) => listBackorders(as(actor), query),
    getBackorder: (actor, id) => getBackorder(as(actor), id),
    listAttempts: (actor, query) => listAttempts(as(actor), query),
    releaseBackorder: (actor, id) => releaseBackorder(as(actor), id),
    getBalance: (actor) => getBalance(as(actor)),
    listTransactions: (actor, query) => listTransactions(as(actor), query),
    getStatement: (actor, period) => getStatement(as(actor), period),
    getForecast: (actor, until) => getForecast(as(actor), until),
    watchName: (actor, name) => watchName(as(actor), name),
    unwatchName: (actor, name) => unwatchName(as(actor), name),
    listWatches: (actor, query) => listWatches(as(actor), query),
    probe: () => databaseTime(ctx.db),
  }
}
