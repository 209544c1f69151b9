import { operations } from '@droplock/contracts/gateway/operations'
import { Refusal } from '@droplock/rules/refusals'
import type { MiddlewareHandler } from 'hono'
import { timeout } from 'hono/timeout'
import type { Dependencies, Environment, Gateway } from '../gateway.ts'
import { authenticate } from '../http/authenticate.ts'
import { refuse } from '../http/refuse.ts'
import { limitBody, requireJson } from '../http/require-json.ts'
import { routeGetBackorder } from './get-backorder.ts'
import { routeGetBalance } from './get-balance.ts'
import { routeGetListing } from './get-listing.ts'
import { routeListBackorders } from './list-backorders.ts'
import { routeListTransactions } from './list-transactions.ts'
import { routePlaceBackorder } from './place-backorder.ts'
import { routeSearchListings } from './search-listings.ts'

/** The operations of the contract behind their guards. Scopes are the use cases' own business. */
export function mountOperations(app: Gateway, dependencies: Dependencies): void {
  const guards = [uncached, timeout(dependencies.requestMsMax), authenticate(dependencies)]
  for (const operation of Object.values(operations)) {
    const hasBody = 'request' in operation && 'body' in operation.request
    const chain = hasBody ? [...guards, limitBody, requireJson] : guards
    app.on(operation.method, [operation.getRoutingPath()], ...chain)
  }
  routeSearchListings(app)
  routeGetListing(app)
  routePlaceBackorder(app)
  routeListBackorders(app)
  routeGetBackorder(app)
  routeGetBalance(app)
  routeListTransactions(app)
  refuseOtherMethods(app)
}

/** Answers are about one account's money at one moment. */
const uncached: MiddlewareHandler<Environment> = async (c, next) => {
  c.header('Cache-Control', 'no-store')
  await next()
}

/** The framework answers a wrong method with 404; RFC 9110 §15.5.6 wants 405 and `Allow`. */
function refuseOtherMethods(app: Gateway): void {
  const byPath = Map.groupBy(Object.values(operations), (operation) => operation.getRoutingPath())
  for (const [path, found] of byPath) {
    const methods = found.map(({ method }) => method.toUpperCase())
    // HEAD is served wherever GET is.
    const allow = (methods.includes('GET') ? [...methods, 'HEAD'] : methods).toSorted().join(', ')
    app.all(path, (c) => {
      c.header('Allow', allow)
      return refuse(c, new Refusal('method_not_allowed', `${c.req.method} is not one of: ${allow}.`))
    })
  }
}
