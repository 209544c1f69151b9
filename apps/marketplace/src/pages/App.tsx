import type { Client } from '@droplock/sdk/client'
import { MantineProvider } from '@mantine/core'
import { HydrationBoundary, QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { useEffect } from 'react'
import { IntlProvider } from 'use-intl'
import { Router } from 'wouter'
import { ApiProvider } from './api.ts'
import { Layout } from './layout/Layout.tsx'
import type { PageState } from './page-state.ts'
import { Pages } from './pages.tsx'
import type { Texts } from './texts/shape.ts'
import { theme } from './theme.ts'
import { ViewingProvider } from './viewing.tsx'

type AppProps = {
  readonly state: PageState
  /** Those that are there from the beginning; further ones come with the pages that show them. */
  readonly texts: Partial<Texts>
  readonly api: Client
  readonly queries: QueryClient
  /** On the server: the address that is drawn. */
  readonly ssr?: { readonly path: string; readonly search: string; readonly now: Date }
}

/** All pages, as the server draws them and as the browser goes on with them. */
export function App({ state, texts, api, queries, ssr }: AppProps) {
  const { queries: fetched, ...viewing } = state
  useEffect(markReady, [])
  return (
    <QueryClientProvider client={queries}>
      <HydrationBoundary state={fetched}>
        <ViewingProvider value={viewing}>
          <ApiProvider value={api}>
            <IntlProvider
              locale={state.language}
              messages={texts as Texts}
              timeZone="UTC"
              {...(ssr !== undefined && { now: ssr.now })}
            >
              <MantineProvider theme={theme}>
                <Router {...(ssr !== undefined && { ssrPath: ssr.path, ssrSearch: ssr.search })}>
                  <Layout>
                    <Pages />
                  </Layout>
                </Router>
              </MantineProvider>
            </IntlProvider>
          </ApiProvider>
        </ViewingProvider>
      </HydrationBoundary>
    </QueryClientProvider>
  )
}

/** The browser has taken the page over: what is pressed from now on is heard. */
function markReady(): void {
  document.documentElement.dataset['ready'] = ''
}

/** A moment's answer is not asked for again; a refusal is not repeated, because the SDK has repeated what is worth it. */
export function makeQueries(): QueryClient {
  return new QueryClient({ defaultOptions: { queries: { staleTime: 5_000, retry: false } } })
}
