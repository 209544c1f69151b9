/** A page of the documentation: its address below `/docs/`, its title in the navigation, and its source below `docs/`. */
export type DocsPage = { readonly slug: string; readonly title: string; readonly source: string }

type Group = { readonly title: string; readonly pages: readonly DocsPage[] }

const page = (slug: string, title: string, source = `api/${slug}.md`): DocsPage => ({ slug, title, source })

/** In the order in which a new reader needs them. */
export const docsGroups: readonly Group[] = [
  {
    title: 'Start here',
    pages: [
      page('', 'Overview', 'api/index.md'),
      page('quick-start', 'Quick start'),
      page('quick-start-typescript', 'Quick start in TypeScript'),
      page('sandbox', 'Sandbox'),
    ],
  },
  {
    title: 'How requests work',
    pages: [
      page('errors', 'Errors'),
      page('idempotency', 'Idempotency'),
      page('money-and-times', 'Money and times'),
      page('limits', 'Limits'),
    ],
  },
  {
    title: 'Hear what happens',
    pages: [page('events', 'Events'), page('webhooks', 'Webhooks')],
  },
  {
    title: 'Look up',
    pages: [page('changelog', 'Changelog', 'changelog.md')],
  },
]

export const docsPages: readonly DocsPage[] = docsGroups.flatMap(({ pages }) => pages)
