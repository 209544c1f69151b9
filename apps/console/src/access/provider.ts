import { useQuery } from '@tanstack/react-query'
import { useEffect, useEffectEvent } from 'react'
import { useDataProvider } from 'react-admin'
import type { ConsoleDataProvider } from '../api/data-provider.ts'
import { type ProblemBody, ProblemError } from '../api/problem.ts'
import type { ProviderQuestion, SignInMeans } from '../api/types.ts'

// The identity provider asks in a window of its own where a page is open whose forms are to stay. The two windows cannot hold each other
// (Cross-Origin-Opener-Policy), so the answer is sent to all windows of the console.

const CHANNEL = 'droplock-provider'
const WINDOW = 'popup,width=520,height=720'

/** What became of a sign-in or proof in another window. */
export type ProviderAnswer = { readonly outcome: 'done' | 'code_needed' } | { readonly problem: string }

/** The identity provider; `undefined` where there is none, and while that is read. */
export function useProvider(): SignInMeans['provider'] {
  const api = useDataProvider<ConsoleDataProvider>()
  const { data } = useQuery<SignInMeans>({
    queryKey: ['sign-in-means'],
    queryFn: () => api.get<SignInMeans>('session/means'),
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  })
  return data?.provider
}

/** Goes to the provider with this page. */
export async function goToProvider(api: ConsoleDataProvider): Promise<void> {
  const { url } = await api.post<ProviderQuestion>('session/provider', { window: false })
  window.location.assign(url)
}

/** Asks the provider in a window of its own: for a sign-in, or for a proof of identity. */
export async function askInWindow(api: ConsoleDataProvider, path: ProviderPath): Promise<void> {
  // First: a browser opens it only for what a person has just done.
  const opened = window.open('about:blank', CHANNEL, WINDOW)
  if (opened === null) throw new ProblemError(noWindow)
  try {
    const { url } = await api.post<ProviderQuestion>(path, { window: true })
    opened.location.href = url
  } catch (error) {
    opened.close()
    throw error
  }
}

type ProviderPath = 'session/provider' | 'session/provider/proof'

/** Hears what became of it. */
export function useProviderAnswer(onAnswer: (answer: ProviderAnswer) => void): void {
  const hear = useEffectEvent(onAnswer)
  useEffect(() => {
    const channel = new BroadcastChannel(CHANNEL)
    channel.addEventListener('message', ({ data }: MessageEvent<ProviderAnswer>) => hear(data))
    return () => channel.close()
  }, [])
}

export function tellProviderAnswer(answer: ProviderAnswer): void {
  const channel = new BroadcastChannel(CHANNEL)
  // A channel is of one origin always.
  // oxlint-disable-next-line unicorn/require-post-message-target-origin
  channel.postMessage(answer)
  channel.close()
}

/** A problem that the server's answer names by its code, in the words of its page about it. */
export async function readProblemPage(code: string): Promise<ProblemError> {
  const response = await fetch(`/errors/${encodeURIComponent(code)}`, {
    headers: { accept: 'application/json' },
  }).catch(() => undefined)
  const entry: unknown = await response?.json().catch(() => undefined)
  const text = (member: string, otherwise: string) => {
    const value: unknown =
      typeof entry === 'object' && entry !== null ? Reflect.get(entry, member) : undefined
    return typeof value === 'string' ? value : otherwise
  }
  return new ProblemError({
    code: text('code', 'unknown'),
    title: text('title', 'Sign-in not completed'),
    detail: text('doc', 'Try again. If it fails again, ask an administrator.'),
    status: 401,
    request_id: '',
  })
}

const noWindow: ProblemBody = {
  code: 'window_blocked',
  title: 'Window blocked',
  detail: 'Your browser did not open the window of the identity provider. Allow windows for this page.',
  status: 400,
  request_id: '',
}
