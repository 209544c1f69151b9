import type { Send } from './app.ts'
import { CLIENT } from './identity-provider.ts'

/** How a person signs in at the provider. */
export type AtProvider = {
  /** Left out: they give up. */
  readonly person?: string
  readonly factors?: 1 | 2
  /** After signing out there. */
  readonly afterSignOut?: boolean
}

export type Browser = {
  /** Sends a request to the console, with the cookies that a browser sends. `fromProvider`: after a redirect of another site. */
  readonly send: (ask: Parameters<Send>[0], fromProvider?: boolean) => Promise<Response>
  /** Follows the address to the provider, signs in there, and returns the address to which it sends the browser. */
  readonly signInAt: (url: string, how: AtProvider) => Promise<string>
  readonly cookies: ReadonlyMap<string, string>
}

function headerOf(jar: ReadonlyMap<string, string>, isSent: (name: string) => boolean = () => true): string {
  return [...jar]
    .filter(([name]) => isSent(name))
    .map(([name, value]) => `${name}=${value}`)
    .join('; ')
}

/** A browser's cookies and redirects, between a console without a server and the provider. */
export function openProviderBrowser(send: Send): Browser {
  const [ours, theirs] = [new Map<string, string>(), new Map<string, string>()]
  const laxOnly = new Set(['droplock_provider'])

  async function visit(url: string, form?: URLSearchParams): Promise<Response> {
    const response = await fetch(url, {
      redirect: 'manual',
      headers: { cookie: headerOf(theirs) },
      ...(form === undefined ? {} : { method: 'POST', body: form }),
    })
    keep(theirs, response)
    return response
  }

  return {
    cookies: ours,
    send: async (ask, fromProvider = false) => {
      // RFC 6265bis §8.8.2: a redirect of another site carries no cookie that is strictly same-site.
      const Cookie = headerOf(ours, (name) => !fromProvider || laxOnly.has(name))
      const response = await send({ ...ask, headers: { Cookie, ...ask.headers } })
      keep(ours, response)
      return response
    },
    signInAt: async (start, { person, factors = 1, afterSignOut = false }) => {
      if (afterSignOut) theirs.clear()
      let url = start
      for (let steps = 0; steps < 10; steps += 1) {
        const isForm = new URL(url).pathname.startsWith('/interaction/')
        const choice = person === undefined ? {} : { person, factors: String(factors) }
        const response = await visit(url, isForm ? new URLSearchParams(choice) : undefined)
        const next = response.headers.get('location')
        if (next === null) throw new Error(`${CLIENT.id}: no redirect from ${url}: ${await response.text()}`)
        url = new URL(next, url).href
        if (new URL(url).pathname.startsWith('/api/')) return url
      }
      throw new Error('the provider redirects without end')
    },
  }
}

function keep(jar: Map<string, string>, response: Response): void {
  for (const cookie of response.headers.getSetCookie()) {
    const [pair = '', ...attributes] = cookie.split(';')
    const [name = '', ...value] = pair.split('=')
    const isGone =
      value.join('=') === '' ||
      attributes.some((each) => /max-age=0$|expires=thu, 01 jan 1970/i.test(each.trim()))
    if (isGone) jar.delete(name)
    else jar.set(name, value.join('='))
  }
}
