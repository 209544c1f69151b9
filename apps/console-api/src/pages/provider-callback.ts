import { databaseTime } from '@droplock/core/database/time'
import { proveByIdentity } from '@droplock/core/staff/identity/prove'
import { signInByIdentity } from '@droplock/core/staff/identity/sign-in'
import { uncached } from '@droplock/http/limit-body'
import { openTurns } from '@droplock/http/turns'
import { Refusal } from '@droplock/rules/refusals'
import type { Context } from 'hono'
import { timeout } from 'hono/timeout'
import type { ConsoleApi, Dependencies, Environment } from '../console-api.ts'
import { deleteToken, newToken, readToken, setToken, sha256 } from '../http/session-cookies.ts'
import { CALLBACK_PATH } from '../identity-provider/identity-provider.ts'
import { openQuestion, type Question } from '../identity-provider/question.ts'
import { browserOf, giveTokens, newTokens } from '../routes/session.ts'

/** Each is up to three requests to the provider. Of one source few run, so that it cannot block the others. */
const ANSWERS = { atOnceMax: 8, waitingMax: 32, ofOneMax: 4 }

type Outcome = 'done' | 'code_needed'

/**
 * Where the identity provider sends people back to. It answers with a page of the console, whatever happens: who comes here is a person
 * with a browser.
 */
export function mountProviderCallback(app: ConsoleApi, dependencies: Dependencies): void {
  const { ctx, settings, logger } = dependencies
  const { secure, secondFactors, requestMsMax } = settings
  const turns = openTurns(ANSWERS, () => new Refusal('unavailable', 'Too many people are signing in.'))
  const complete = completerOf(dependencies)

  app.get(CALLBACK_PATH, uncached, timeout(requestMsMax), async (c) => {
    const sealed = readToken(c, 'provider', secure)
    deleteToken(c, 'provider', secure)
    const { boxes } = secondFactors
    let isWindow = false
    try {
      const question = boxes && sealed ? openQuestion(boxes, sealed, await databaseTime(ctx.db)) : undefined
      isWindow = question?.isWindow === true
      if (question === undefined)
        throw new Refusal(
          'identity_answer_invalid',
          'No sign-in has begun in this browser, or it took too long.',
        )
      const end = await turns.take(browserOf(c, secure).source)
      try {
        return c.redirect(pageOf(await complete(c, question), isWindow), 303)
      } finally {
        end()
      }
    } catch (error) {
      const code = error instanceof Refusal ? error.code : 'internal_error'
      if (!(error instanceof Refusal)) logger.error({ err: error }, 'a sign-in by OpenID Connect failed')
      c.var.event.add({ code })
      return c.redirect(problemPageOf(code, isWindow), 303)
    }
  })
}

/** Does what the provider was asked for. */
function completerOf({ ctx, provider, settings }: Dependencies) {
  const { secure, access: policy } = settings
  return async (c: Context<Environment>, question: Question): Promise<Outcome> => {
    if (provider === undefined)
      throw new Refusal('identity_provider_unavailable', 'No identity provider is configured.')
    const { search } = new URL(c.req.url)
    const { identity, authenticatedAt } = await provider.readAnswer(search, question)
    const { sessionId, device, askedAtMs } = question
    if (sessionId !== undefined) {
      const askedAt = new Date(askedAtMs)
      await proveByIdentity(ctx, { sessionId, identity, authenticatedAt, askedAt })
      return 'done'
    }
    const [tokens, challenge] = [newTokens(), newToken()]
    const { source, userAgent } = browserOf(c, secure)
    const deviceSha256 = device === undefined ? undefined : sha256(device)
    const browser = { source, userAgent, deviceSha256, challengeSha256: sha256(challenge) }
    const begun = await signInByIdentity(ctx, { identity, ...browser, ...tokens, policy })
    if (begun.kind === 'code_needed') {
      setToken(c, 'challenge', secure, challenge)
      return 'code_needed'
    }
    giveTokens(c, begun, { tokens, device, secure })
    return 'done'
  }
}

/** The page of the console that goes on. */
function pageOf(outcome: Outcome, isWindow: boolean): string {
  if (isWindow) return `/provider-answer?outcome=${outcome}`
  return outcome === 'done' ? '/' : '/login?step=code'
}

function problemPageOf(code: string, isWindow: boolean): string {
  return isWindow ? `/provider-answer?problem=${code}` : `/login?problem=${code}`
}
