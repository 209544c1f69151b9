import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { type Context, interactionPolicy, Provider } from 'oidc-provider'

/** A person of the identity provider, as its claims say it. */
export type ProviderPerson = {
  readonly email: string
  readonly name: string
  readonly groups: readonly string[]
  readonly email_verified?: boolean
}

export type StandIn = AsyncDisposable & {
  readonly issuer: string
  /** By their subject; who is changed or added here signs in so from then on. */
  readonly people: Map<string, ProviderPerson>
  /** The settings of a console that uses it. */
  readonly env: Readonly<Record<string, string>>
}

export const CLIENT = { id: 'droplock-console', secret: 'a secret of tests that everybody may know' }

const SCOPES = 'openid email profile'

/**
 * A real OpenID provider on loopback. Its sign-in page has a button for each person, with and without a second factor, and one to give up.
 * It is an implementation of its own: nothing of ours checks itself.
 */
export async function startIdentityProvider(redirectUri: string): Promise<StandIn> {
  const people = new Map<string, ProviderPerson>()
  let handle: Handle = notYet
  const server = createServer((request, response) => handle(request, response))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const issuer = `http://127.0.0.1:${port}`
  const provider = new Provider(issuer, configurationOf(people, redirectUri))
  const answer = provider.callback()
  handle = (request, response) => {
    if (request.url?.startsWith('/interaction/') !== true) return answer(request, response)
    void interact(provider, people, request, response).catch(() => response.writeHead(500).end())
  }
  return {
    issuer,
    people,
    env: {
      DROPLOCK_OIDC_ISSUER: issuer,
      DROPLOCK_OIDC_CLIENT_ID: CLIENT.id,
      DROPLOCK_OIDC_CLIENT_SECRET: CLIENT.secret,
      DROPLOCK_OIDC_NAME: 'Company SSO',
      DROPLOCK_OIDC_ROLES: JSON.stringify({ ops: 'operator', money: ['finance', 'finance_approver'] }),
    },
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

type Handle = (request: IncomingMessage, response: ServerResponse) => void

const notYet: Handle = (_request, response) => response.writeHead(503).end()

function configurationOf(people: ReadonlyMap<string, ProviderPerson>, redirectUri: string) {
  const policy = interactionPolicy.base()
  policy.get('consent').checks.remove('native_client_prompt')
  return {
    clients: [
      {
        client_id: CLIENT.id,
        client_secret: CLIENT.secret,
        redirect_uris: [redirectUri],
        grant_types: ['authorization_code'],
        response_types: ['code'],
        // Of such a client any port of this machine is accepted (RFC 8252 §7.3).
        application_type: 'native',
        token_endpoint_auth_method: 'client_secret_post',
      },
    ],
    cookies: { keys: ['a key of tests'] },
    claims: { openid: ['sub', 'amr'], email: ['email', 'email_verified'], profile: ['name', 'groups'] },
    ttl: { Interaction: 600, Grant: 600, Session: 600, AccessToken: 600, IdToken: 600 },
    pkce: { required: () => true },
    features: { devInteractions: { enabled: false } },
    interactions: { policy, url: (_: Context, { uid }: { readonly uid: string }) => `/interaction/${uid}` },
    findAccount: (_: Context, accountId: string) => {
      const person = people.get(accountId)
      const claims = () => ({ sub: accountId, email_verified: true, ...person })
      return person && { accountId, claims }
    },
    // What the console may read needs no page of its own.
    loadExistingGrant: async ({ oidc: { provider, session, client } }: Context) => {
      const grant = new provider.Grant({ accountId: session.accountId, clientId: client.clientId })
      grant.addOIDCScope(SCOPES)
      await grant.save()
      return grant
    },
  }
}

async function interact(
  provider: Provider,
  people: ReadonlyMap<string, ProviderPerson>,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  if (request.method !== 'POST') {
    response.writeHead(200, { 'content-type': 'text/html' }).end(signInPage([...people.keys()]))
    return
  }
  const form = new URLSearchParams(await text(request))
  const accountId = form.get('person')
  const amr = form.get('factors') === '2' ? ['pwd', 'mfa'] : ['pwd']
  const result =
    accountId === null
      ? { error: 'access_denied', error_description: 'The person gave up.' }
      : { login: { accountId, amr } }
  await provider.interactionFinished(request, response, result)
}

function signInPage(people: readonly string[]): string {
  const buttons = people.map(
    (person) => `<form method="post"><input type="hidden" name="person" value="${person}">
      <button name="factors" value="1">${person}</button>
      <button name="factors" value="2">${person} with a second factor</button></form>`,
  )
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Company SSO</title></head>
    <body><h1>Company SSO</h1>${buttons.join('')}
    <form method="post"><button>Give up</button></form></body></html>`
}
