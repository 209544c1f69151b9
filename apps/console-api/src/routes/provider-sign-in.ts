import {
  askProvider,
  askProviderAnew,
  getSignInMeans,
  ProviderQuestion,
  SignInMeans,
} from '@droplock/contracts/console/provider-sign-in'
import { databaseTime } from '@droplock/core/database/time'
import { reply } from '@droplock/http/reply'
import { Refusal } from '@droplock/rules/refusals'
import type { Context } from 'hono'
import type { ConsoleApi, Dependencies, Environment } from '../console-api.ts'
import { readToken, setToken } from '../http/session-cookies.ts'
import { sealQuestion } from '../identity-provider/question.ts'

/** Begins sign-ins at the identity provider; its answer is a page (`pages/provider-callback.ts`). */
export function routeProviderSignIn(app: ConsoleApi, dependencies: Dependencies): void {
  const { provider } = dependencies
  const ask = askerOf(dependencies)

  app.openapi(getSignInMeans, (c) =>
    reply(c, 200, SignInMeans, provider === undefined ? {} : { provider: { name: provider.name } }),
  )

  app.openapi(askProvider, async (c) => {
    const { window: isWindow } = c.req.valid('json')
    return reply(c, 200, ProviderQuestion, { url: await ask(c, { isWindow }) })
  })

  app.openapi(askProviderAnew, async (c) => {
    const { window: isWindow } = c.req.valid('json')
    const { sessionId } = c.var.ctx.actor
    return reply(c, 200, ProviderQuestion, { url: await ask(c, { isWindow, sessionId }) })
  })
}

/** Asks the provider, and gives the browser what its answer is compared with. Returns where the browser goes. */
function askerOf({ provider, ctx, settings }: Dependencies) {
  const { secure, secondFactors } = settings
  return async (
    c: Context<Environment>,
    { isWindow, sessionId }: { readonly isWindow: boolean; readonly sessionId?: string },
  ): Promise<string> => {
    const { boxes } = secondFactors
    if (provider === undefined || boxes === undefined)
      throw new Refusal('identity_provider_unavailable', 'No identity provider is configured.')
    const { url, ...asked } = await provider.ask(sessionId !== undefined)
    const askedAtMs = (await databaseTime(ctx.db)).getTime()
    const device = readToken(c, 'device', secure)
    setToken(c, 'provider', secure, sealQuestion(boxes, { ...asked, askedAtMs, isWindow, device, sessionId }))
    return url
  }
}
