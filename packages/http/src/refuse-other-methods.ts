import { Refusal } from '@droplock/rules/refusals'
import type { Hono } from 'hono'
import type { HttpEnvironment } from './environment.ts'
import { refuse } from './refuse.ts'

/** An operation of a contract, as far as routing goes. */
export type Routed = { readonly method: string; readonly getRoutingPath: () => string }

/** The framework answers a wrong method with 404; RFC 9110 §15.5.6 wants 405 and `Allow`. Mount this after the routes. */
export function refuseOtherMethods<App extends HttpEnvironment>(
  app: Hono<App>,
  operations: readonly Routed[],
): void {
  const byPath = Map.groupBy(operations, (operation) => operation.getRoutingPath())
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
