import type { Identity } from '@droplock/core/staff/identity/sign-in'
import type { Logger } from '@droplock/observability/logger'
import { isThisMachine } from '@droplock/rules/hosts'
import { Refusal } from '@droplock/rules/refusals'
import * as oidc from 'openid-client'
import { areWhole, authenticatedAtOf, type Claims, identityOf } from './claims.ts'
import type { ProviderSettings } from './settings.ts'

/** What has to be kept of a question to the provider until its answer. All of it is secret. */
export type Asked = { readonly state: string; readonly nonce: string; readonly verifier: string }

export type Answered = { readonly identity: Identity; readonly authenticatedAt: Date | undefined }

export type IdentityProvider = {
  readonly name: string
  /** Where to send a person: to sign in, or with `anew` to prove it again. Throws Refusal('identity_provider_unavailable'). */
  readonly ask: (anew: boolean) => Promise<Asked & { readonly url: string }>
  /**
   * Who comes back, by the query of the address to which they were sent. Throws Refusal: identity_answer_invalid,
   * identity_provider_unavailable.
   */
  readonly readAnswer: (query: string, asked: Asked) => Promise<Answered>
}

/** Where the provider sends people back to, below the console's address. */
export const CALLBACK_PATH = '/api/session/provider/callback'

/** People wait for it. Seconds. */
const ANSWER_SECONDS_MAX = 5

/** OpenID Connect by the code flow, with PKCE, state and nonce. The provider is asked for its configuration when it is first needed. */
export function openIdentityProvider(settings: ProviderSettings, logger: Logger): IdentityProvider {
  const redirectUri = new URL(CALLBACK_PATH, settings.publicOrigin)
  let known: Promise<oidc.Configuration> | undefined

  /** A failure is not kept: the next person asks again. */
  async function configuration(): Promise<oidc.Configuration> {
    known ??= discover(settings)
    try {
      return await known
    } catch (error) {
      known = undefined
      throw refusalOf(error, logger)
    }
  }

  return {
    name: settings.name,
    ask: async (anew) => {
      const provider = await configuration()
      const [state, nonce, verifier] = [oidc.randomState(), oidc.randomNonce(), oidc.randomPKCECodeVerifier()]
      const url = oidc.buildAuthorizationUrl(provider, {
        redirect_uri: redirectUri.href,
        scope: settings.scopes.join(' '),
        state,
        nonce,
        code_challenge: await oidc.calculatePKCECodeChallenge(verifier),
        code_challenge_method: 'S256',
        ...(anew && { prompt: 'login', max_age: '0' }),
      })
      return { state, nonce, verifier, url: url.href }
    },
    readAnswer: async (query, { state, nonce, verifier }) => {
      const provider = await configuration()
      try {
        const tokens = await oidc.authorizationCodeGrant(provider, new URL(query, redirectUri), {
          pkceCodeVerifier: verifier,
          expectedState: state,
          expectedNonce: nonce,
          idTokenExpected: true,
        })
        const claims = await wholeClaims(provider, tokens, settings)
        const { issuer } = provider.serverMetadata()
        return {
          identity: identityOf(claims, issuer, settings),
          authenticatedAt: authenticatedAtOf(claims),
        }
      } catch (error) {
        throw refusalOf(error, logger)
      }
    },
  }
}

async function discover({ issuer, clientId, clientSecret }: ProviderSettings): Promise<oidc.Configuration> {
  const onThisMachine = isThisMachine(issuer.hostname) ? [oidc.allowInsecureRequests] : []
  const options = {
    timeout: ANSWER_SECONDS_MAX,
    // The signature of the ID token is verified although it comes straight from the provider.
    execute: [oidc.enableNonRepudiationChecks, ...onThisMachine],
  }
  return oidc.discovery(issuer, clientId, clientSecret, undefined, options)
}

/** The claims of the ID token; what it lacks is read from the provider's user info. */
async function wholeClaims(
  provider: oidc.Configuration,
  tokens: Awaited<ReturnType<typeof oidc.authorizationCodeGrant>>,
  settings: ProviderSettings,
): Promise<Claims> {
  const claims = tokens.claims()
  if (claims === undefined) throw new Error('the answer has no ID token')
  const isEnough = areWhole(claims, settings) || provider.serverMetadata().userinfo_endpoint === undefined
  if (isEnough) return claims
  return { ...(await oidc.fetchUserInfo(provider, tokens.access_token, claims.sub)), ...claims }
}

/** What people are shown. The cause is for who runs the console, without any token. */
function refusalOf(error: unknown, logger: Logger): Refusal {
  const isAnswer =
    error instanceof oidc.AuthorizationResponseError ||
    (error instanceof oidc.ResponseBodyError && error.error === 'invalid_grant') ||
    (error instanceof oidc.ClientError && error.code !== undefined && answerFaults.has(error.code))
  const { message, name } = error instanceof Error ? error : new Error(String(error))
  const why =
    error instanceof oidc.ResponseBodyError || error instanceof oidc.AuthorizationResponseError
      ? error.error
      : undefined
  logger.warn(
    { cause: name, message, error_code: why },
    'a sign-in at the identity provider was not completed',
  )
  return isAnswer
    ? new Refusal('identity_answer_invalid', 'The identity provider did not complete the sign-in.')
    : new Refusal(
        'identity_provider_unavailable',
        'The identity provider cannot be reached, or refuses the console.',
      )
}

/** Of an answer that is not to this question: an old one, or one that somebody else made. */
const answerFaults: ReadonlySet<string> = new Set([
  'OAUTH_INVALID_RESPONSE',
  'OAUTH_JWT_CLAIM_COMPARISON_FAILED',
  'OAUTH_JWT_TIMESTAMP_CHECK_FAILED',
])
