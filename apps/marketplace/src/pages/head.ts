import { type Language, languages } from '@droplock/rules/members'
import type { QueryClient } from '@tanstack/react-query'
import type { Listing } from './api.ts'
import { listingQuery } from './names/listing-queries.ts'
import type { PageRequest } from './page-state.ts'
import { fractionDigits } from './parts/amount.ts'
import type { Texts } from './texts/shape.ts'
import { nameIn, titleOf, zoneAlone } from './titles.ts'

/** Title, description and the same page in the other languages, for browsers and search engines. */
export function headOf(request: PageRequest, status: number, texts: Texts, queries: QueryClient): string {
  const { origin, path, search } = request
  const found = foundBy(path, search)
  const isFound = found !== undefined && status === 200
  const address = (language: string) => `${origin}/${language}${path.replace(/^\/[^/]*/, '')}${found ?? ''}`
  return [
    `<title>${escape(titleOf(path, search, texts))}</title>`,
    `<meta name="description" content="${escape(descriptionOf(request, texts, queries))}" />`,
    ...(isFound
      ? [
          `<link rel="canonical" href="${escape(address(request.state.language))}" />`,
          ...languages.map((language) => alternate(language, address(language))),
          alternate('x-default', address(languages[0])),
        ]
      : ['<meta name="robots" content="noindex" />']),
  ].join('\n    ')
}

function alternate(language: Language | 'x-default', address: string): string {
  return `<link rel="alternate" hreflang="${language}" href="${escape(address)}" />`
}

/**
 * The search part under which search engines find a page; undefined for pages that they leave out: those of people, and lists by other
 * filters than a zone, of which there is no end.
 */
function foundBy(path: string, search: string): string | undefined {
  const [, , place, name] = path.split('/')
  if (place === 'help') return ''
  if (place !== 'names') return undefined
  if (name !== undefined || search === '') return ''
  return zoneAlone(search) === undefined ? undefined : `?${search}`
}

function descriptionOf({ path, api, state }: PageRequest, texts: Texts, queries: QueryClient): string {
  const [, , place, part] = path.split('/')
  if (place === 'help') return texts.help.description
  if (place !== 'names' || part === undefined) return texts.names.about
  const name = nameIn(part)
  const listing = queries.getQueryData<Listing | null>(listingQuery(api, name, state.currency).queryKey)
  if (listing?.orderable !== true || listing.price === undefined)
    return texts.name.descriptionWithout.replace('{name}', name)
  const { amount_minor, currency } = listing.price
  const price = new Intl.NumberFormat(state.language, { style: 'currency', currency }).format(
    amount_minor / 10 ** fractionDigits(currency),
  )
  return texts.name.description.replace('{name}', name).replace('{price}', price)
}

function escape(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
}
